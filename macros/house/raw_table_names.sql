{#- Every table of the raw contract. dbt infers dependencies while it parses, when the
    source YAML cannot be read yet, so the names stand here once more; an architecture
    test keeps both lists equal. -#}
{% macro raw_table_names() %}
    {{ return([
        ('crm', 'campaign_contacts'),
        ('crm', 'campaign_responses'),
        ('crm', 'campaigns'),
        ('crm', 'card_balances'),
        ('crm', 'card_movements'),
        ('crm', 'cards'),
        ('crm', 'coupon_redemptions'),
        ('crm', 'coupons'),
        ('crm', 'erasures'),
        ('crm', 'funnel_events'),
        ('crm', 'leads'),
        ('crm', 'member_attributes'),
        ('crm', 'members'),
        ('crm', 'opportunities'),
        ('crm', 'opportunity_orders'),
        ('crm', 'service_tickets'),
        ('crm', 'surveys'),
        ('plan', 'costs'),
        ('plan', 'exchange_rates'),
        ('plan', 'targets'),
        ('pos', 'product_attributes'),
        ('pos', 'products'),
        ('pos', 'returns'),
        ('pos', 'store_traffic'),
        ('pos', 'stores'),
        ('pos', 'tenders'),
        ('pos', 'transaction_lines'),
        ('pos', 'transactions'),
    ]) }}
{% endmacro %}
