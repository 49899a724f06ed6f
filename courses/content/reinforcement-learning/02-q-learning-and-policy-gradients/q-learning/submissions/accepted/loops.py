def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    table = [[float(value) for value in row] for row in q]
    best = table[next_state][0]
    for value in table[next_state]:
        if value > best:
            best = value
    if done:
        best = 0.0
    table[state][action] = (1 - alpha) * table[state][action] + alpha * (reward + gamma * best)
    return table
