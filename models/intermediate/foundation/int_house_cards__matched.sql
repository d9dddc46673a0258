-- Cards of the house, of staff and for tests, by the patterns of the rule.
with

cards as (

    select * from {{ ref('stg_crm__cards') }}

),

rules as (

    select * from {{ ref('rule_house_cards') }}

),

-- Types are few: patterns meet each of them once, not each card.
types as (

    select distinct card_type
    from cards
    where card_type is not null

),

matched_types as (

    select
        types.card_type,
        rules.*

    from types
    inner join rules
        on rules.column_code = 'card_type'
        and lower(types.card_type) like lower(rules.pattern)

),

matches as (

    select
        cards.card_id,
        matched_types.house_order,
        matched_types.house_code,
        matched_types.house_name,
        matched_types.house_name_zh

    from cards
    inner join matched_types on cards.card_type = matched_types.card_type

    union all

    select
        cards.card_id,
        rules.house_order,
        rules.house_code,
        rules.house_name,
        rules.house_name_zh

    from cards
    inner join rules
        on rules.column_code = 'card_id'
        and lower(cards.card_id) like lower(rules.pattern)

),

matched as (

    select
        card_id,
        house_code,
        house_name,
        house_name_zh

    from matches
    qualify row_number() over (
        partition by card_id
        order by house_order asc nulls last
    ) = 1

)

select * from matched
