"""What can be wrong with asking for a document."""

from marketplace.core.errors import DomainError, two_languages


class UnknownFormat(DomainError):
    """No document is written in this format."""

    message = two_languages("ไม่มีไฟล์รูปแบบนี้", "There is no file of this format.")


class TooManyRows(DomainError):
    """The document holds more rows than this format can serve."""


class TooManyRowsForPdf(TooManyRows):
    """A PDF is laid out as a whole, in memory; and nobody reads on paper past some 120 pages."""

    message = two_languages(
        "รายงานนี้มีมากกว่า 5,000 แถว ยาวเกินไปสำหรับ PDF กรุณาดาวน์โหลดเป็น XLSX แทน",
        "This report has more than 5,000 rows, too long for a PDF. Take it as XLSX instead.",
    )


class TooManyRowsForXlsx(TooManyRows):
    """A sheet ends at row 1,048,576."""

    message = two_languages(
        "รายงานนี้ยาวเกินกว่าที่ Excel เปิดได้ กรุณาดาวน์โหลดเป็น CSV แทน",
        "This report is longer than a sheet of Excel. Take it as CSV instead.",
    )
