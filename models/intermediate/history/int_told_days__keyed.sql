-- What the standings of each told day rest on, as one key: customer days, advocates,
-- rules, settings and code. A month end that was told with the same key stays as it is.
{% set day = crm_warehouse.row_digest([
    'customer_id', 'sold_on', 'is_purchase_day', 'ticket_count', 'net_sales_amount',
    'margin_amount', 'margin_known_sales_amount'
]) -%}
{% set advocate = crm_warehouse.row_digest(['customer_id', 'is_advocate']) -%}
with

told_days as (

    select * from {{ ref('int_told_days__listed') }}

),

days as (

    select
        {{ crm_warehouse.month_end('sold_on') }} as month_end_on,
        sum(cast({{ day }} as decimal(38, 0))) as digest

    from {{ ref('fct_customer_days') }}
    group by {{ crm_warehouse.month_end('sold_on') }}

),

advocates as (

    select
        told_on,
        sum(cast({{ advocate }} as decimal(38, 0))) as digest

    from {{ ref('int_advocates__listed') }}
    group by told_on

),

keyed as (

    select
        told_days.*,
        md5(concat_ws(
            '|',
            '{{ crm_warehouse.history_code() }}',
            cast(told_days.told_on as string),
            coalesce(cast(told_days.calibrated_on as string), '-'),
            cast(rules.digest as string),
            coalesce(cast(advocates.digest as string), '-'),
            cast(sum(coalesce(days.digest, 0)) over (
                order by told_days.told_on asc nulls last
                rows between unbounded preceding and current row
            ) as string)
        )) as history_key

    from told_days
    cross join {{ ref('int_history_rules__digested') }} as rules
    left join days on told_days.told_on = days.month_end_on
    left join advocates on told_days.told_on = advocates.told_on

),

{% set before = crm_warehouse.history_before() -%}
kept as (

    {% if before -%}
    select
        month_end_on,
        history_key

    from {{ before }}
    group by
        month_end_on,
        history_key
    {%- else -%}
    select
        told_on as month_end_on,
        history_key

    from keyed
    where false
    {%- endif %}

),

compared as (

    select
        keyed.*,
        kept.history_key is not null and not keyed.is_as_of as is_kept

    from keyed
    left join kept
        on keyed.told_on = kept.month_end_on
        and keyed.history_key = kept.history_key

)

select * from compared
