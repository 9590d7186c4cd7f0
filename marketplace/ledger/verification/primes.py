"""Large primes, drawn so that nobody can foresee them."""

import secrets
from math import isqrt


def new_prime() -> int:
    """A prime between 2^30 and 2^31: two numbers below it multiply within 64 bits."""
    while True:
        number = 2**30 + 2 * secrets.randbelow(2**29) + 1
        if all(number % divisor for divisor in range(3, isqrt(number) + 1, 2)):
            return number
