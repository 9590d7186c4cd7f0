"""What waits for somebody in a producer's workbench, as rows that lead to the thing."""


def tasks_of(producer, acts) -> list:
    return []
