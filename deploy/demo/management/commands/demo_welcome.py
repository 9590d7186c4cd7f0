"""Say where the demo is and who can sign in."""

from django.conf import settings
from django.core.management.base import BaseCommand

from deploy.demo.sign_ins import PASSWORD
from deploy.demo.vocabulary.people import SIGN_INS
from deploy.demo.vocabulary.shapes import SignInPlan

ROLES_TH = {
    "shopper": "ผู้ซื้อ",
    "producer": "ผู้ผลิต",
    "curator": "ผู้คัดสรร",
    "reviewer": "ผู้ตรวจทาน",
    "finance": "การเงิน",
    "support": "ดูแลลูกค้า",
    "officer": "เจ้าหน้าที่",
    "administrator": "ผู้ดูแลระบบ",
}


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options) -> None:
        lines = [
            "",
            f"ตลาดหมู่บ้าน OTOP / OTOP Villages   {settings.SITE_URL}/   {settings.SITE_URL}/en/",
            "",
            f"เข้าสู่ระบบ / sign in   {settings.SITE_URL}/accounts/login/   "
            f"รหัสผ่าน / password: {PASSWORD}",
            *map(_line, SIGN_INS),
            "",
            f"รหัส 6 หลัก / six-digit codes   {settings.SITE_URL}/demo/codes/",
            f"หลังบ้าน / staff   {settings.SITE_URL}/cms/",
            "ไม่มีการเคลื่อนไหวของเงินจริง / No money moves.",
        ]
        self.stdout.write("\n".join(lines))


def _line(plan: SignInPlan) -> str:
    scope = f"   {plan.scope}" if plan.scope else ""
    return f"  {plan.email:<24} {plan.role} / {ROLES_TH[plan.role]}{scope}"
