-- Per customer and in all: what the cells bought, and what the difference is worth.
with

cells as (

    select
        *,
        treatment_assigned_count + control_assigned_count as assigned_count,
        coalesce(treatment_net_sales_amount, 0)
        + coalesce(control_net_sales_amount, 0) as net_sales_amount,
        coalesce(
            treatment_margin_known_sales_amount + control_margin_known_sales_amount,
            treatment_margin_known_sales_amount,
            control_margin_known_sales_amount
        ) as margin_known_sales_amount

    from {{ ref('int_assignments__summed') }}

),

estimates as (

    select * from {{ ref('int_campaign_effects__estimated') }}

),

campaigns as (

    select * from {{ ref('dim_campaigns') }}

),

valued as (

    select
        cells.campaign_id,
        {% for cell in ('treatment', 'control') -%}
        {% for name, column in (
            ('average_net_sales', 'net_sales_amount'),
            ('before_average_net_sales', 'before_amount'),
            ('buyer_rate', 'buyer_count'),
        ) -%}
        {{ crm_warehouse.safe_ratio(
            'cells.' ~ cell ~ '_' ~ column, 'cells.' ~ cell ~ '_measured_count'
        ) }} as {{ cell }}_{{ name }},
        {% endfor -%}
        {% endfor -%}
        case when cells.control_net_sales_amount > 0 then {{ crm_warehouse.safe_ratio(
            '(cells.treatment_net_sales_amount * cells.control_measured_count'
            ~ ' - cells.control_net_sales_amount * cells.treatment_measured_count)',
            '(cells.control_net_sales_amount * cells.treatment_measured_count)'
        ) }} end as uplift_rate,
        {{ crm_warehouse.safe_ratio(
            'cells.treatment_assigned_count', 'cells.assigned_count'
        ) }} as treatment_share,
        {{ crm_warehouse.safe_ratio(
            'cells.margin_known_sales_amount', 'cells.net_sales_amount'
        ) }} as margin_known_share,
        {% for name, source in (
            ('incremental_net_sales_amount', 'effect_per_customer'),
            ('incremental_lower_amount', 'effect_lower_limit'),
            ('incremental_upper_amount', 'effect_upper_limit'),
            ('incremental_margin_amount', 'margin_effect_per_customer'),
        ) -%}
        {{ crm_warehouse.money_product(
            'estimates.' ~ source,
            'cast(cells.treatment_measured_count as decimal(18, 0))'
        ) }} as {{ name }},
        {% endfor -%}
        coalesce(campaigns.cost_amount, cells.contact_cost_amount) as cost_amount

    from cells
    inner join estimates on cells.campaign_id = estimates.campaign_id
    left join campaigns on cells.campaign_id = campaigns.campaign_id

)

select * from valued
