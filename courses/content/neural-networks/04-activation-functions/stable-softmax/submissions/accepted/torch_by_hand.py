# backend: torch
def stable_softmax(logits, axis=-1):
    logits = logits.double()
    shifted = logits - logits.max(dim=axis, keepdim=True).values
    powers = shifted.exp()
    return powers / powers.sum(dim=axis, keepdim=True)
