-- Gaps between a customer's purchase days: their mean, spread and evenness.
-- Wheat and Morrison (1990): k = (1 − 4v) / (8v), v the mean of (M − ½)², M the
-- part of a gap in itself and the next: (gap − next)² / 4(gap + next)², taken in whole
-- numbers of 10^-15, so that every engine and order gives the same digits.
{% set ones = '1000000000000000' -%}
{% set whole = crm_warehouse.whole_number_type() -%}
with

days as (

    select * from {{ ref('fct_customer_days') }}

    where is_purchase_day

),

ordered as (

    select
        customer_id,
        sold_on,
        lag(sold_on) over by_day as previous_on,
        lead(sold_on) over by_day as next_on

    from days
    window by_day as (partition by customer_id order by sold_on asc nulls last)

),

spaced as (

    select
        customer_id,
        {{ crm_warehouse.days_between('previous_on', 'sold_on') }} as gap_days,
        {{ crm_warehouse.days_between('sold_on', 'next_on') }} as next_days

    from ordered

),

paired as (

    select
        customer_id,
        gap_days,
        gap_days + next_days as pair_days,
        gap_days - next_days as change_days

    from spaced

),

summed as (

    select
        customer_id,
        count(gap_days) as gap_count,
        cast(sum(gap_days) as bigint) as day_count,
        cast(sum(gap_days * gap_days) as bigint) as square_sum,
        count(pair_days) * {{ ones }} as pair_ones,
        sum({{ crm_warehouse.whole_part(
            'cast(change_days * change_days as ' ~ whole ~ ') * ' ~ ones,
            'pair_days * pair_days * 4'
        ) }}) as pair_deviation

    from paired
    group by customer_id

),

measured as (

    select
        customer_id,
        gap_count,
        {{ safe_ratio('day_count', 'gap_count') }} as mean_gap_days,
        case when gap_count >= 2 then cast(sqrt(
            cast(gap_count * (gap_count * square_sum - day_count * day_count) as double)
            / cast((gap_count - 1) * day_count * day_count as double)
        ) as decimal(18, 6)) end as variation_coefficient,
        {{ safe_ratio('(pair_ones - 4 * pair_deviation)', '(8 * pair_deviation)') }}
            as regularity_coefficient,
        coalesce(pair_deviation = 0, false) as is_even

    from summed

)

select * from measured
