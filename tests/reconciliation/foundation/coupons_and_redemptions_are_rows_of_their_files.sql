-- Coupons and redemptions are rows that were accepted, each told once; where all of
-- them are facts, so is all of their money.
with

facts as (

    select
        'coupon_redemptions' as table_name,
        count(*) as row_count,
        cast(sum(discount_amount) as decimal(38, 4)) as amount

    from {{ ref('fct_coupon_redemptions') }}

    union all

    select
        'coupons' as table_name,
        count(*) as row_count,
        cast(sum(face_amount) as decimal(38, 4)) as amount

    from {{ ref('dim_coupons') }}

    where is_known

),

accepted as (

    select * from {{ ref('reconciliation') }}

    where leg_code = 'accepted'

)

select
    facts.*,
    accepted.row_count as accepted_count,
    accepted.amount as accepted_amount

from facts

left join accepted
    on facts.table_name = accepted.table_name

where
    facts.row_count > coalesce(accepted.row_count, 0)
    or (
        facts.row_count = accepted.row_count
        and coalesce(facts.amount, 0) != coalesce(accepted.amount, 0)
    )
