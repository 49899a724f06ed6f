"""Takes one step for each gradient and hands on what the learner's function returned, whatever its state looks like."""

import copy


def call(learner, w, grads, **options):
    state, trace = {}, []
    for grad in grads:
        returned = learner.adam_step(w, grad, state, **options)
        if returned is None:
            return None
        if not isinstance(returned, list | tuple) or len(returned) != 2:
            raise TypeError("adam_step has to return two things: the new weights, and the state for the next step.")
        w, state = returned
        if w is None:
            return {"first": None, "steps": None}
        trace.append(copy.deepcopy(w))
    return {"first": trace[0], "steps": trace}
