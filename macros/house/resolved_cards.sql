{#- Each card of a relation (card_id, member_id, merged_into_card_id), the card that it
    ended up in, and the customer behind that one. -#}
{% macro resolved_cards(cards) %}
with recursive

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

-- Back from the cards that chains end in, merge by merge: each card is met once, and who
-- runs in a circle, or into one, never.
followed as (

    select
        merges.card_id,
        merges.next_card_id as surviving_card_id

    from merges

    left join merges as further
        on merges.next_card_id = further.card_id

    where further.card_id is null

    union all

    select
        merges.card_id,
        followed.surviving_card_id

    from followed

    inner join merges
        on followed.card_id = merges.next_card_id

),

surviving as (

    select
        cards.card_id,
        coalesce(followed.surviving_card_id, cards.card_id) as surviving_card_id,
        merges.card_id is not null and followed.card_id is null as is_in_merge_cycle,
        cards.merged_into_card_id is not null and merges.card_id is null
            as has_unknown_merge

    from cards

    left join merges
        on cards.card_id = merges.card_id

    left join followed
        on cards.card_id = followed.card_id

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
        surviving.is_in_merge_cycle,
        surviving.has_unknown_merge

    from surviving

    inner join cards as survivors
        on surviving.surviving_card_id = survivors.card_id

    left join member_ids
        on survivors.card_id = member_ids.member_id

)

select * from resolved
{% endmacro %}
