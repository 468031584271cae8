"""Why a sheet of members is not taken."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class TooLargeError(RuleError):
    code = "sheet_too_large"
    message = _("The file is larger than 1 MB. Please leave out pictures, or send it in parts.")
    status = 413


class NotASheetError(RuleError):
    code = "not_a_sheet"
    message = _("This is no Excel file (.xlsx) that can be read. Please use the template.")
    status = 400


class TooManyRowsError(RuleError):
    code = "too_many_rows"
    message = _("The sheet has more than %(most)s rows. Please send it in parts.")
    status = 400


class FormulaError(RuleError):
    code = "formula"
    message = _("Row %(number)s holds a formula. Please put in the value itself.")
    status = 400


class NoRowsError(RuleError):
    code = "no_rows"
    message = _("The sheet has no rows below its heading.")
    status = 400


class ImportGoneError(RuleError):
    code = "import_gone"
    message = _("The preview is older than half an hour, or was used. Please send the file again.")


class RowsAtFaultError(RuleError):
    code = "rows_at_fault"
    message = _("Nothing was imported: please correct the marked rows and send the file again.")
