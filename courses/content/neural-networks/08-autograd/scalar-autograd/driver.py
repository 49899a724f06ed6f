def call(learner, values, program, results, repeat=1):
    """Make a Value named a, b, c, ... of each number, run the program, and differentiate its results one by one.

    Returns the sum of the results' data, and the gradients that the first values have then.
    """
    leaves = [learner.Value(number) for number in values.tolist()]
    names = dict(zip("abcdefgh", leaves))
    for _ in range(repeat):
        for name, expression in program.items():
            names[name] = eval(expression, {}, names)
    data = 0
    for result in results:
        names[result].backward()
        data = data + names[result].data
    return {"data": data, "grads": [leaf.grad for leaf in leaves]}
