"""Producers: the groups that make things, the people in them, and where their money goes."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core import bilingual, thai
from marketplace.core.name_keys import MatchKeyField, SortKeyField, fold
from marketplace.core.secrets import SecretTextField
from marketplace.core.templatetags.thai import thai_date
from marketplace.villages.models import Dated, Village

NOTICE_MAX_LENGTH = 300


class ProducerQuerySet(models.QuerySet):
    def open(self):
        """Producers whose things may be sold."""
        return self.filter(status=Producer.Status.ACTIVE)

    def named_like(self, words: str):
        """Producers whose Thai or English name contains the words, also in the middle."""
        return self.filter(match_key__contains=fold(words))


class Producer(models.Model):
    """A group that makes things; owns one Oscar partner. Never deleted: the ledger points at it."""

    class Kind(models.TextChoices):
        COMMUNITY_GROUP = "community_group", _("community producer group")
        SINGLE_OWNER = "single_owner", _("single-owner community producer")
        SME = "sme", _("SME producer")

    class Status(models.TextChoices):
        APPLIED = "applied", _("applied")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        CLOSED = "closed", _("closed")

    class PayoutInterval(models.TextChoices):
        WEEKLY = "weekly", _("weekly")
        MONTHLY = "monthly", _("monthly")

    partner = models.OneToOneField(
        "partner.Partner", on_delete=models.PROTECT, related_name="producer"
    )
    home_village = models.ForeignKey(
        Village, verbose_name=_("home village"), on_delete=models.PROTECT, related_name="producers"
    )
    name_th = models.CharField(_("Thai name"), max_length=128)
    name_en = models.CharField(_("English name"), max_length=128, blank=True)
    sort_key = SortKeyField()
    match_key = MatchKeyField()
    slug = models.SlugField(max_length=80, editable=False)  # readable, never the key
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.APPLIED
    )
    status_reason = models.CharField(_("reason"), max_length=200, blank=True)
    status_since = models.DateField(_("since"), default=thai.today)
    since_year_be = models.PositiveSmallIntegerField(_("founded (B.E.)"), null=True, blank=True)
    members_count = models.PositiveSmallIntegerField(_("members"), null=True, blank=True)
    is_vat_registered = models.BooleanField(_("VAT registered"), default=False)
    story_th = models.TextField(_("story (Thai)"), blank=True)
    story_en = models.TextField(_("story (English)"), blank=True)
    notice_th = models.TextField(
        _("notice to shoppers (Thai)"), blank=True, default="", db_default=""
    )
    notice_en = models.TextField(
        _("notice to shoppers (English)"), blank=True, default="", db_default=""
    )
    portrait = models.ImageField(_("portrait"), upload_to="producers/", blank=True)
    payout_interval = models.CharField(
        _("payout interval"),
        max_length=8,
        choices=PayoutInterval.choices,
        default=PayoutInterval.MONTHLY,
    )

    objects = ProducerQuerySet.as_manager()

    class Meta:
        verbose_name = _("producer")
        verbose_name_plural = _("producers")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name_th

    @property
    def display_name(self) -> str:
        return bilingual.pick(self.name_th, self.name_en)

    @property
    def story(self) -> str:
        return bilingual.pick(self.story_th, self.story_en)

    @property
    def notice(self) -> str:
        return bilingual.pick(self.notice_th, self.notice_en)


class ProducerClosure(Dated):
    """Days on which a producer sells nothing (harvest, a funeral, repairs), with a note."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="closures")
    note_th = models.CharField(_("note (Thai)"), max_length=200, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=200, blank=True)

    @property
    def note(self) -> str:
        return bilingual.pick(self.note_th, self.note_en)

    @property
    def sentence(self) -> str:
        """Say until when nothing is sold, and the makers' own note."""
        if self.valid_until is None:
            text = _("Its makers are taking a break.")
        else:
            day = thai_date(self.valid_until, "long")
            text = _("Its makers are taking a break until %(day)s.") % {"day": day}
        return f"{text} {self.note}".strip()


class Membership(models.Model):
    """A person who works in a producer's workbench. A producer always keeps one owner."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        MANAGER = "manager", _("manager")
        PACKER = "packer", _("packer")
        FINANCE = "finance", _("finance")
        VIEWER = "viewer", _("viewer")

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="producer_memberships"
    )
    role = models.CharField(_("role"), max_length=8, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["producer", "user"], name="one_role_a_producer")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class AgentGrant(Dated):
    """An officer or co-op may act for a producer: dated, revocable, naming what it may do.

    Never the payout account, nor members. Every act under it is audited as "X for Y" and shown to
    the producer.
    """

    class Scope(models.TextChoices):
        PRODUCTS = "products", _("list and change products")
        ORDERS = "orders", _("pack and send orders")
        DECLARED_SALES = "declared-sales", _("record sales made elsewhere")
        STOREFRONT = "storefront", _("write the storefront page")

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="agent_grants")
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="agent_grants"
    )
    scopes = models.JSONField(default=list)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["producer", "agent"],
                condition=Q(valid_until=None, revoked_at=None),
                name="agent_grant_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent} for {self.producer_id}"


class IncomeDisclosure(Dated):
    """A producer's consent to publish its village's exact income.

    Given when it joins, may be taken back for the future: periods that ended while it was in
    force stay exact. Without it the public sees a band.
    """

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="disclosures")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["producer"], condition=Q(valid_until=None), name="disclosure_open_once"
            ),
        ]


class PayoutAccount(models.Model):
    """A bank account in the group's name. A change needs a second person and freezes payouts 72 h.

    The number is encrypted at rest and never shown again; people see `masked_number`.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACTIVE = "active", _("active")
        REPLACED = "replaced", _("replaced")
        REFUSED = "refused", _("refused")

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="accounts")
    holder_name = models.CharField(_("account holder"), max_length=128)
    bank_code = models.CharField(_("bank"), max_length=3)
    masked_number = models.CharField(max_length=20, editable=False)
    number = SecretTextField(_("account number"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    frozen_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts of producers")
        constraints = [
            models.UniqueConstraint(
                fields=["producer"], condition=Q(state="active"), name="one_active_account"
            ),
            models.UniqueConstraint(
                fields=["producer"], condition=Q(state="proposed"), name="one_proposed_account"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="account_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(approved_by__isnull=False),
                name="active_account_is_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_code} {self.masked_number}"


class DeliveryRate(models.Model):
    """What a producer charges to send a parcel of up to so many grams; one row is a flat fee."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="delivery_rates")
    up_to_grams = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    fee_satang = models.PositiveIntegerField()

    class Meta:
        ordering = ["producer", "up_to_grams"]
        constraints = [
            models.UniqueConstraint(fields=["producer", "up_to_grams"], name="one_fee_a_step"),
            models.CheckConstraint(
                condition=Q(up_to_grams__gte=1), name="delivery_step_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"≤ {self.up_to_grams} g"
