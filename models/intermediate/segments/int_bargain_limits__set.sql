-- From where on a customer is no regular one. A limit is the smallest value that the
-- share of the percentile does not exceed.
with

rules as (

    select * from {{ ref('rule_bargain_types') }}

),

cumulated as (

    select
        *,
        sum(holder_count) over (
            partition by measure_code
            order by measured asc nulls last
        ) as cumulative_count,
        sum(holder_count) over (partition by measure_code) as total_count

    from {{ ref('int_bargain_measures__counted') }}

),

limits as (

    select
        cumulated.measure_code,
        min(cumulated.measured) as limit_value

    from cumulated
    inner join rules on cumulated.bargain_code = rules.bargain_code
    where
        cumulated.cumulative_count
        >= {{ top_count('cumulated.total_count', 'rules.limit_percentile') }}
    group by cumulated.measure_code

),

pivoted as (

    select
        max(case when measure_code = 'units' then limit_value end)
            as bulk_limit_unit_count,
        cast(max(case when measure_code = 'tickets' then limit_value end) as bigint)
            as house_limit_ticket_count,
        cast(
            max(case when measure_code = 'purchase_days' then limit_value end)
            as bigint
        ) as house_limit_purchase_day_count

    from limits

),

told as (

    select
        rules.least_promo_share,
        rules.least_ticket_count,
        pivoted.bulk_limit_unit_count,
        pivoted.house_limit_ticket_count,
        pivoted.house_limit_purchase_day_count

    from rules
    cross join pivoted
    where rules.bargain_code = 'cherry_picker'

)

select * from told
