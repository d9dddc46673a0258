{#- Each card of a relation (card_id, member_id, merged_into_card_id), the card that it
    ended up in, and the customer behind that one. -#}
{% macro resolved_cards(cards) %}
with

cards as (

    select * from {{ cards }}

),

-- A merge into a card that nobody knows leads nowhere: the chain ends before it.
merges as (

    select
        cards.card_id,
        cards.merged_into_card_id as next_card_id

    from cards

    inner join cards as targets
        on cards.merged_into_card_id = targets.card_id

),

-- Each step doubles the distance: ten of them follow 1,024 merges.
{% for step in range(1, 11) -%}
{% set before = 'merges' if loop.first else 'followed_' ~ (step - 1) -%}
followed_{{ step }} as (

    select
        here.card_id,
        coalesce(there.next_card_id, here.next_card_id) as next_card_id

    from {{ before }} as here

    left join {{ before }} as there
        on here.next_card_id = there.card_id

),

{% endfor -%}

-- Who still points at a merged card after that runs in a circle, and stays separate.
ended as (

    select
        followed_10.card_id,
        followed_10.next_card_id as surviving_card_id,
        merges.card_id is not null as is_in_merge_cycle

    from followed_10

    left join merges
        on followed_10.next_card_id = merges.card_id

),

surviving as (

    select
        cards.card_id,
        case
            when ended.is_in_merge_cycle then cards.card_id
            else coalesce(ended.surviving_card_id, cards.card_id)
        end as surviving_card_id,
        coalesce(ended.is_in_merge_cycle, false) as is_in_merge_cycle

    from cards

    left join ended
        on cards.card_id = ended.card_id

),

member_ids as (

    select distinct member_id

    from cards

    where member_id is not null

),

resolved as (

    select
        surviving.card_id,
        surviving.surviving_card_id,
        survivors.member_id,
        case
            when survivors.member_id is not null then survivors.member_id
            when member_ids.member_id is not null then 'card:' || survivors.card_id
            else survivors.card_id
        end as customer_id,
        surviving.is_in_merge_cycle

    from surviving

    inner join cards as survivors
        on surviving.surviving_card_id = survivors.card_id

    left join member_ids
        on survivors.card_id = member_ids.member_id

)

select * from resolved
{% endmacro %}
