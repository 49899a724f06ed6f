def scaled_dot_product_attention(q, k, v, mask=None):
    """Mix the values by how well each key fits each query.

    q: (..., T, d_k)      queries
    k: (..., S, d_k)      keys
    v: (..., S, d_v)      values, one for each key
    mask: boolean, broadcasts to (..., T, S); True = this query may attend to this key
    Returns (out, weights) of shapes (..., T, d_v) and (..., T, S).
    """
    raise NotImplementedError("scaled_dot_product_attention")
