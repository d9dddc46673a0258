"""The tables that the retailer hands over: columns in contract order, with types.

The contract itself is the project's source YAML; a test holds both together.
`name` is text, `name:type` one of TYPES.
"""

import pyarrow as pa

TYPES = {
    "text": pa.string(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "money": pa.decimal128(18, 4),  # CNY
    "quantity": pa.decimal128(18, 4),
    "integer": pa.int32(),
    "boolean": pa.bool_(),
    "degree": pa.float64(),
}

_LAYOUT = {
    "cards": "card_id member_id card_type status issued_on:date closed_on:date "
    "issued_store_id merged_into_card_id",
    "transactions": "transaction_id occurred_at:timestamp net_amount:money card_id "
    "store_id channel transaction_type original_transaction_id gross_amount:money "
    "discount_amount:money tax_amount:money currency",
    "transaction_lines": "transaction_id line_number:integer product_id "
    "quantity:quantity net_amount:money discount_amount:money cost_amount:money "
    "campaign_id coupon_id",
    "tenders": "transaction_id tender_type amount:money",
    "returns": "return_id original_transaction_id line_number:integer "
    "returned_at:timestamp quantity:quantity amount:money reason",
    "products": "product_id product_name department category subcategory brand "
    "supplier list_price:money unit_cost:money introduced_on:date is_service:boolean",
    "product_attributes": "product_id attribute value",
    "stores": "store_id store_name city region country latitude:degree "
    "longitude:degree area_m2:quantity opened_on:date closed_on:date timezone",
    "store_traffic": "store_id counted_on:date visitor_count:integer",
    "members": "member_id customer_type name phone email birth_date gender "
    "marital_status education occupation industry company_size income_band "
    "household_id household_size:integer postal_code district city region country "
    "latitude:degree longitude:degree joined_on:date referred_by_member_id "
    "owner_staff_id is_key_account:boolean sms_consent:boolean "
    "email_consent:boolean phone_consent:boolean",
    "member_attributes": "member_id attribute value",
    "leads": "lead_id created_at:timestamp source channel campaign_id owner_staff_id "
    "status member_id converted_at:timestamp",
    "opportunities": "opportunity_id created_at:timestamp lead_id member_id "
    "owner_staff_id product_id stage amount:money closed_at:timestamp is_won:boolean "
    "lost_reason",
    "funnel_events": "entity_type entity_id stage entered_at:timestamp",
    "opportunity_orders": "opportunity_id transaction_id",
    "campaigns": "campaign_id campaign_name campaign_type channel started_on:date "
    "ended_on:date budget_amount:money cost_amount:money "
    "planned_treatment_share:quantity",
    "campaign_contacts": "contact_id campaign_id member_id contacted_at:timestamp "
    "channel cell cost_amount:money",
    "campaign_responses": "response_id campaign_id member_id contact_id "
    "responded_at:timestamp response_type",
    "coupons": "coupon_id campaign_id member_id issued_at:timestamp valid_from:date "
    "valid_to:date face_amount:money minimum_spend_amount:money",
    "coupon_redemptions": "redemption_id coupon_id campaign_id transaction_id "
    "member_id redeemed_at:timestamp amount:money",
    "service_tickets": "ticket_id member_id opened_at:timestamp "
    "first_replied_at:timestamp closed_at:timestamp channel ticket_type "
    "is_complaint:boolean cost_amount:money",
    "surveys": "response_id member_id store_id responded_at:timestamp survey_name "
    "question score:quantity scale_max:quantity",
    "card_movements": "movement_id card_id occurred_at:timestamp movement_type "
    "stored_value_amount:money points:quantity",
    "card_balances": "card_id balanced_on:date stored_value_amount:money "
    "points:quantity",
    "targets": "target_month:date store_id category sales_amount:money "
    "margin_amount:money",
    "costs": "cost_month:date cost_type channel campaign_id amount:money",
    "exchange_rates": "currency rate_on:date rate_to_base:quantity",
    "erasures": "member_id requested_on:date",
}


def _columns(layout):
    pairs = (part.partition(":") for part in layout.split())
    return {name: kind or "text" for name, _, kind in pairs}


TABLES = {table: _columns(layout) for table, layout in _LAYOUT.items()}
MONTHLY_TABLES = ("transactions", "transaction_lines", "tenders")  # a file a month


def schema_of(table):
    """The Arrow schema of a table."""
    return pa.schema([(name, TYPES[kind]) for name, kind in TABLES[table].items()])
