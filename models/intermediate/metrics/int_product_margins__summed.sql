-- Lines of the window and of the one before it, added up once to product, channel and
-- the present tier of the customer.
{% set months = crm_warehouse.checked_integer('window_months', 1, 600) -%}
with

windows as (

    select
        max(window_start_on) as window_start_on,
        {{ crm_warehouse.add_months('max(window_start_on)', -months) }}
            as before_start_on

    from {{ ref('fct_customers') }}

),

standings as (

    select * from {{ ref('fct_customer_standings') }}

),

last_tiers as (

    select min(tier_code) as tier_code
    from {{ ref('rule_pyramid_tiers') }}
    where cumulative_share is null

),

lines as (

    select
        coalesce(lines.product_id, 'unknown') as product_id,
        coalesce(tickets.channel, 'unknown') as channel,
        case
            when lines.customer_id is null then 'anonymous'
            else coalesce(standings.tier_code, last_tiers.tier_code)
        end as tier_code,
        lines.sold_on >= windows.window_start_on as is_in_window,
        lines.quantity,
        lines.net_sales_amount,
        lines.margin_amount,
        case when lines.margin_amount is not null then lines.net_sales_amount end
            as margin_known_sales_amount

    from {{ ref('fct_transaction_lines') }} as lines
    cross join windows
    cross join last_tiers
    inner join {{ ref('fct_transactions') }} as tickets
        on lines.transaction_id = tickets.transaction_id
    left join standings
        on lines.customer_id = standings.customer_id
    where lines.sold_on >= windows.before_start_on

),

summed as (

    select
        product_id,
        channel,
        tier_code,
        {% for prefix, condition in (
            ('', 'is_in_window'), ('before_', 'not is_in_window')
        ) -%}
        cast(
            coalesce(sum(quantity) filter (where {{ condition }}), 0) as decimal(18, 6)
        ) as {{ prefix }}unit_count,
        cast(
            coalesce(sum(net_sales_amount) filter (where {{ condition }}), 0)
            as decimal(18, 4)
        ) as {{ prefix }}net_sales_amount,
        cast(sum(margin_amount) filter (where {{ condition }}) as decimal(18, 4))
            as {{ prefix }}margin_amount,
        cast(
            sum(margin_known_sales_amount) filter (where {{ condition }})
            as decimal(18, 4)
        ) as {{ prefix }}margin_known_sales_amount,
        {% endfor -%}
        count(*) as line_count

    from lines
    group by product_id, channel, tier_code

)

select * from summed
