# backend: torch
import torch


def softmax_cross_entropy(logits, labels):
    N = logits.shape[0]
    log_p = torch.log_softmax(logits.double(), dim=1)
    loss = -log_p[torch.arange(N), labels].sum() / N
    dlogits = log_p.exp()
    dlogits[torch.arange(N), labels] -= 1.0
    return loss.item(), dlogits / N
