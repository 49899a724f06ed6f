def lstm_cell_forward(x, h, c, params):
    """Take one step of an LSTM.

    x: (N, D)     inputs of this step
    h: (N, H)     hidden state after the step before
    c: (N, H)     cell state after the step before
    params: a dict of gates "i", "f", "g", "o"; each is a dict of
        "wx" (D, H), "wh" (H, H) and "b" (H,)
    Returns the new (h, c), both (N, H).
    """
    raise NotImplementedError("lstm_cell_forward")
