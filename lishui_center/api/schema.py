"""What the OpenAPI document says of errors: the same of every operation."""

from typing import Any

ERROR = {
    "type": "object",
    "description": "Every error: a stable code, words for a person, the fields at fault if any.",
    "required": ["code", "detail"],
    "properties": {
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {}},
        "alternatives": {
            "type": "array",
            "description": "With slot_full: the nearest free starts.",
            "items": {"type": "string", "format": "date-time"},
        },
    },
}


def add_errors(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """drf-spectacular's hook: whatever is no success answers an Error."""
    result["components"].setdefault("schemas", {})["Error"] = ERROR
    answer = {
        "description": "What went wrong, and what to do.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"].setdefault("default", answer)
    return result
