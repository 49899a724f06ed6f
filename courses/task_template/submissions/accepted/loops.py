def mean_absolute_error(y_true, y_pred):
    total, count = 0.0, 0
    for true, predicted in zip(y_true.ravel(), y_pred.ravel()):
        total += predicted - true if predicted > true else true - predicted
        count += 1
    return total / count
