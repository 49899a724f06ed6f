"""You multiplied the mean answer by the mean input. For the inputs 1 and -1 both the rule and the neuron are busy; what do the means say?"""

def hebb_update(w, x, lr):
    y = x @ w
    return w + lr * y.mean() * x.mean(axis=0)
