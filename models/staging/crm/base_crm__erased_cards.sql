-- Cards of members who must be forgotten, merged ones included; a view, so that nothing
-- of them is stored.
{{ config(materialized=crm_warehouse.passing()) }}
{%- set classes = crm_warehouse.landed_classes(source('crm', 'cards')) %}

with

given_cards as (

    select
        card_id,
        min(member_id) as member_id,
        min(merged_into_card_id) as merged_into_card_id

    from (
        select
            trim({{ crm_warehouse.judged_text(
                {}, 'card_id', classes.get('card_id', 'text')
            ) }}) as card_id,
            trim({{ crm_warehouse.judged_text(
                {}, 'member_id', classes.get('member_id', 'text')
            ) }}) as member_id,
            trim({{ crm_warehouse.judged_text(
                {}, 'merged_into_card_id', classes.get('merged_into_card_id', 'text')
            ) }}) as merged_into_card_id

        from {{ source('crm', 'cards') }}
    ) as given

    group by card_id

),

resolved as (

    {{ crm_warehouse.resolved_cards('given_cards') }}

),

erased as (

    select resolved.card_id

    from resolved

    inner join {{ ref('base_crm__erasures') }} as erasures
        on resolved.member_id = trim(erasures.member_id)

    where erasures.verdict_code = 'accepted'

)

select * from erased
