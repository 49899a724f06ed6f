import torch


def forward(model, X):
    return torch.sigmoid(torch.tanh(X @ model[0] + model[1]) @ model[2] + model[3])


def train(X, y, rng):
    model = [torch.zeros(shape, dtype=torch.float64, requires_grad=True) for shape in ((2, 6), (6,), (6,), ())]
    optimizer = torch.optim.SGD(model, lr=0.5)
    for _ in range(50):
        optimizer.zero_grad()
        torch.nn.functional.binary_cross_entropy(forward(model, X), y.double()).backward()
        optimizer.step()
    return model


def predict(model, X):
    return (forward(model, X) > 0.5).long()
