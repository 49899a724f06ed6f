"""You copied the table with the dtype that it came in, so a table of integers cuts the fractions off. Which dtype can hold 2.55?"""

def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    q = q.copy()
    target = reward if done else reward + gamma * q[next_state].max()
    q[state, action] += alpha * (target - q[state, action])
    return q
