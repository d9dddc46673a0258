-- The most regular band that the gaps of a customer reach.
with

gaps as (

    select * from {{ ref('int_purchase_gaps__measured') }}

),

bands as (

    select * from {{ ref('rule_regularity_bands') }}

),

-- Equal gaps have no coefficient, since it grows without end; they are most regular.
reached as (

    select
        gaps.customer_id,
        min(bands.regularity_order) as regularity_order

    from gaps
    inner join bands
        on gaps.gap_count >= bands.least_gap_count
        and (
            bands.least_coefficient is null
            or gaps.regularity_coefficient >= bands.least_coefficient
            or gaps.is_even
        )
    group by gaps.customer_id

),

judged as (

    select
        gaps.customer_id,
        gaps.mean_gap_days,
        gaps.variation_coefficient,
        case
            when bands.least_coefficient is not null then gaps.regularity_coefficient
        end as regularity_coefficient,
        bands.regularity_code,
        bands.regularity_name,
        bands.regularity_name_zh,
        bands.action,
        bands.action_zh

    from gaps
    inner join reached on gaps.customer_id = reached.customer_id
    inner join bands on reached.regularity_order = bands.regularity_order

)

select * from judged
