-- All four kinds, each with the limits that it needs, shares from 0 to 1.
with

kinds as (

    select * from {{ ref('rule_bargain_types') }}

),

checks as (

    select 'not the four kinds' as problem
    from kinds
    having count(distinct bargain_code) != 4

    union all

    select 'a cherry-picker needs a least share and a least count of tickets' as problem
    from kinds
    where
        bargain_code = 'cherry_picker'
        and not coalesce(
            least_promo_share between 0 and 1 and least_ticket_count >= 0, false
        )

    union all

    select concat(bargain_code, ' needs a percentile from 0 to 1') as problem
    from kinds
    where
        bargain_code in ('bulk_buyer', 'house_suspect')
        and not coalesce(limit_percentile between 0 and 1, false)

)

select * from checks
