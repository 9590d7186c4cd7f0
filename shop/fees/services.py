"""Acts on the list of fee rules. What lines were placed under never changes with it."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Max, Q

from marketplace.core import audit, thai
from marketplace.core.row_changes import tidy_reason
from marketplace.places.queries import LEVELS
from marketplace.places.services import tidy_name
from marketplace.villages.models import Village
from shop.fees import errors
from shop.fees.facts import CONDITIONS, FACTS
from shop.fees.models import FeeRule

_APART = 1_000_000  # beyond every position, while a new order is written
User = AbstractBaseUser | None


def add_rule(*, by: User, since: date | None = None, **facts) -> FeeRule:
    """Put one more rule at the end of the list, before the default one; in force from `since`.

    Today unless said. `facts` are fields of `facts.FACTS`. Raises a subclass of CannotSetFee,
    InvalidName; nothing is stored then.
    """
    rule = FeeRule(valid_from=since or thai.today(), **facts)
    with transaction.atomic():
        _locked_rules()
        _demand_orderly(rule)
        _append(rule)
        audit.note(actor=by, act="fee_rule.add", target=_target(rule), since=str(rule.valid_from))
    return rule


def change_rule(*, rule: FeeRule, since: date, by: User, **facts) -> FeeRule:
    """Let a rule say something else from a day on: a new rule in its place, which is returned.

    The old one ends the day before, and lines placed under it keep it. One that is in force
    changes from tomorrow at the earliest; one that is not yet is switched off instead. The same
    facts again: the rule itself, unchanged. Raises a subclass of CannotSetFee, InvalidName;
    nothing is stored then.
    """
    with transaction.atomic():
        rules = _locked_rules()
        old = _standing(rules, rule)
        wanted = {name: getattr(old, name) for name in FACTS} | facts
        new = FeeRule(valid_from=since, before=old, valid_until=old.valid_until, **wanted)
        if all(getattr(old, name) == getattr(new, name) for name in FACTS):
            return old
        if since < thai.today():
            raise errors.InThePast
        if old.has_begun and since == thai.today():
            raise errors.TooEarly
        if new.valid_until is not None and new.valid_until < since:
            raise errors.IsOver
        _end_before(old, since)
        _demand_orderly(new)
        _append(new)
        rules.insert(rules.index(old) + 1, new)
        _write_order(rules, rules)
        audit.note(
            actor=by,
            act="fee_rule.change",
            target=_target(new),
            before=old.pk,
            since=str(since),
        )
    return new


def end_rule(*, rule: FeeRule, last_day: date, by: User) -> FeeRule:
    """Say until when a rule holds, that day included; sooner or later than before.

    Raises InThePast, EndsTooEarly, Replaced, DefaultExists, IsOver.
    """
    with transaction.atomic():
        old = _standing(_locked_rules(), rule)
        if last_day < thai.today():
            raise errors.InThePast
        if last_day < old.valid_from:
            raise errors.EndsTooEarly
        if old.later.filter(is_active=True, valid_from__lte=last_day).exists():
            raise errors.Replaced
        old.valid_until = last_day
        _demand_one_default(old)
        old.save(update_fields=["valid_until"])
        audit.note(actor=by, act="fee_rule.end", target=_target(old), last_day=str(last_day))
    return old


def switch_off(*, rule: FeeRule, reason: str, by: User) -> FeeRule:
    """Let a rule match nothing any more from this moment; for good. Twice: no change.

    Raises ReasonRequired.
    """
    reason = tidy_reason(reason)
    with transaction.atomic():
        old = next(one for one in _locked_rules() if one.pk == rule.pk)
        if old.is_active:
            old.is_active = False
            old.save(update_fields=["is_active"])
            audit.note(actor=by, act="fee_rule.switch_off", target=_target(old), reason=reason)
    return old


def move_rule(*, rule: FeeRule, is_earlier: bool, by: User) -> None:
    """Let a rule be tried one place earlier or later, from this moment on.

    What it will say from a later day on moves along. Raises CannotMove at the ends of the list and
    for the default rule, IsOver.
    """
    with transaction.atomic():
        rules = _locked_rules()
        one = _standing(rules, rule)
        blocks = _blocks(rules)
        place = next((n for n, block in enumerate(blocks) if one in block), -1)
        other = place - 1 if is_earlier else place + 1
        if place < 0 or not 0 <= other < len(blocks):
            raise errors.CannotMove
        blocks[place], blocks[other] = blocks[other], blocks[place]
        _write_order(rules, [moved for block in blocks for moved in block])
        words = "earlier" if is_earlier else "later"
        audit.note(actor=by, act="fee_rule.move", target=_target(one), where=words)


# --- What every act shares -----------------------------------------------------------------------
def _locked_rules() -> list[FeeRule]:
    """All rules in the order of the list, locked in the order of their keys."""
    list(FeeRule.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    return list(FeeRule.objects.order_by("position"))


def _standing(rules: Sequence[FeeRule], rule: FeeRule) -> FeeRule:
    found = next((one for one in rules if one.pk == rule.pk), None)
    if found is None or found.is_over:
        raise errors.IsOver
    return found


def _end_before(old: FeeRule, since: date) -> None:
    if since <= old.valid_from:
        old.is_active = False
    else:
        old.valid_until = since - timedelta(days=1)
    old.save(update_fields=["is_active", "valid_until"])


def _append(rule: FeeRule) -> None:
    last = FeeRule.objects.aggregate(last=Max("position", default=0))["last"]
    rule.position = last + 1
    rule.save(force_insert=True)


def _blocks(rules: Sequence[FeeRule]) -> list[list[FeeRule]]:
    """Rules that may still match, in their order; a rule and what it becomes are one block."""
    first = {}
    for rule in sorted(rules, key=lambda rule: rule.pk):
        first[rule.pk] = first.get(rule.before_id, rule.pk)
    blocks: dict[int, list[FeeRule]] = {}
    for rule in rules:
        if not (rule.is_over or rule.is_default):
            blocks.setdefault(first[rule.pk], []).append(rule)
    return list(blocks.values())


def _write_order(rules: Sequence[FeeRule], tried: list[FeeRule]) -> None:
    """Number the rules anew, those in `tried` first and in its order.

    By way of numbers that none has, since no two rules ever share one.
    """
    FeeRule.objects.update(position=F("position") + _APART)
    order = tried + [rule for rule in rules if rule not in tried]
    for position, rule in enumerate(order, start=1):
        rule.position = position
    FeeRule.objects.bulk_update(order, ["position"])


# --- What a rule must be -------------------------------------------------------------------------
def _demand_orderly(rule: FeeRule) -> None:
    """Raise, with the remedy in words, what the constraints of the table would refuse too."""
    rule.name = tidy_name(rule.name)
    has_condition = any(getattr(rule, name) not in ("", None) for name in CONDITIONS)
    if not has_condition and not rule.is_default:
        raise errors.NeedsCondition
    if has_condition and rule.is_default:
        raise errors.DefaultHasCondition
    if rule.area_code and not _is_area(rule.area_code):
        raise errors.WrongArea
    if _out_of_order(rule.price_from_satang, rule.price_until_satang):
        raise errors.WrongPrices
    if _out_of_order(rule.min_satang, rule.max_satang):
        raise errors.WrongLimits
    _demand_one_default(rule)


def _out_of_order(low: int | None, high: int | None) -> bool:
    return low is not None and high is not None and low > high


def _is_area(code: str) -> bool:
    model = (LEVELS | {8: Village}).get(len(code))
    return model is not None and model.objects.filter(pk=code).exists()


def _demand_one_default(rule: FeeRule) -> None:
    """Two defaults on one day: whoever reads the list would take the wrong one for true."""
    if not rule.is_default:
        return
    others = FeeRule.objects.filter(is_default=True, is_active=True).exclude(pk=rule.pk)
    others = others.filter(Q(valid_until=None) | Q(valid_until__gte=rule.valid_from))
    if rule.valid_until:
        others = others.filter(valid_from__lte=rule.valid_until)
    if others.exists():
        raise errors.DefaultExists


def _target(rule: FeeRule) -> str:
    return f"fee-rule:{rule.pk}"
