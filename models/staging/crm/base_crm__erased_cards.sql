-- Cards of members who must be forgotten, merged ones included; a view, so that nothing
-- of them is stored.
{{ config(materialized='view') }}

with

given_cards as (

    select
        card_id,
        min(member_id) as member_id,
        min(merged_into_card_id) as merged_into_card_id

    from (
        select
            trim(cast(card_id as string)) as card_id,
            trim(cast(member_id as string)) as member_id,
            trim(cast(merged_into_card_id as string)) as merged_into_card_id
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
        on resolved.member_id = erasures.member_id

    where erasures.verdict_code = 'accepted'

)

select * from erased
