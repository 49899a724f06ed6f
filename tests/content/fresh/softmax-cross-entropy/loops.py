import math


def softmax_cross_entropy(logits, labels):
    N, C = logits.shape
    loss, gradient = 0.0, []
    for n in range(N):
        row = [float(score) for score in logits[n]]
        top = max(row)
        log_sum = top + math.log(sum(math.exp(score - top) for score in row))
        loss += (log_sum - row[labels[n]]) / N
        gradient.append([(math.exp(row[k] - log_sum) - (k == labels[n])) / N for k in range(C)])
    return loss, gradient
