"""How far the demo's needs got: which steps, and how likely each end is."""

from services.requests.rules import Act

T, D, A, S = Act.TRIAGE, Act.DISPATCH, Act.ACCEPT, Act.START
DONE = (T, D, A, S, Act.RESOLVE)

# (steps, how many of 100, days ago at least and at most)
LIVES: tuple[tuple[tuple[Act, ...], int, int, int], ...] = (
    ((), 4, 0, 1),
    ((T,), 3, 0, 2),
    ((T, D), 4, 1, 4),
    ((T, D, A), 3, 1, 5),
    ((T, D, A, S), 8, 2, 16),
    ((T, D, A, S, Act.ASK), 3, 3, 9),
    ((T, D, A, S, Act.ASK, Act.ANSWER), 2, 4, 12),
    (DONE, 6, 5, 18),
    ((*DONE, Act.CONFIRM), 3, 5, 12),
    ((*DONE, Act.CONFIRM, Act.CLOSE), 36, 9, 60),
    ((*DONE, Act.LAPSE), 8, 26, 60),
    ((*DONE, Act.REOPEN), 3, 8, 25),
    ((*DONE, Act.REOPEN, *DONE, Act.CONFIRM, Act.CLOSE), 3, 25, 60),
    ((T, D, Act.RETURN), 3, 2, 8),
    ((T, D, Act.RETURN, D, A, S, Act.RESOLVE, Act.CONFIRM, Act.CLOSE), 4, 15, 60),
    ((T, Act.TRANSFER), 3, 3, 60),
    ((T, Act.DECLINE), 2, 3, 60),
    ((T, Act.MERGE), 1, 3, 30),
    ((T, D, A, Act.TO_PROJECT), 1, 12, 50),
)

# Hours until each step, at least and at most.
HOURS: dict[Act, tuple[float, float]] = {
    Act.TRIAGE: (0.3, 9),
    Act.DISPATCH: (0.2, 6),
    Act.ACCEPT: (1, 60),
    Act.START: (1, 30),
    Act.ASK: (2, 40),
    Act.ANSWER: (3, 50),
    Act.RESOLVE: (20, 260),
    Act.CONFIRM: (1, 90),
    Act.CLOSE: (8, 70),
    Act.LAPSE: (360, 361),
    Act.REOPEN: (4, 90),
    Act.RETURN: (2, 30),
    Act.TRANSFER: (2, 20),
    Act.DECLINE: (2, 30),
    Act.MERGE: (1, 10),
    Act.TO_PROJECT: (20, 90),
}

WORDS: dict[str, str] = {
    Act.ASK: "请补充具体位置和经常发生的时间。",
    Act.ANSWER: "多在晚上八点以后，靠河的那一侧。",
    Act.RETURN: "经核实不在本村范围，请重新派单。",
    Act.TRANSFER: "12345 GD2026112300 由市级热线办理",
    Act.DECLINE: "属于已进入司法程序的纠纷，请按判决执行，可到法律服务窗口咨询。",
    Act.REOPEN: "过了几天又和原来一样。",
}
