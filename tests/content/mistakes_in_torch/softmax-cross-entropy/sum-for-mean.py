from torch.nn import functional


def softmax_cross_entropy(logits, labels):
    leaf = logits.double().clone().requires_grad_()
    loss = functional.cross_entropy(leaf, labels, reduction="sum")
    loss.backward()
    return loss, leaf.grad
