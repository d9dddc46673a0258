-- Cards of members who must be forgotten, merged ones included; a view, so that nothing
-- of them is stored.
{{ config(materialized=crm_warehouse.passing()) }}
{%- set classes = crm_warehouse.landed_classes(
    crm_warehouse.handed_over('crm', 'cards')
) %}

with

-- The last file tells whose the card is.
given_cards as (

    select *

    from (
        select
            file_name,
            file_line,
            trim({{ crm_warehouse.judged_text(
                {}, 'card_id', classes.get('card_id', 'text')
            ) }}) as card_id,
            trim({{ crm_warehouse.judged_text(
                {}, 'member_id', classes.get('member_id', 'text')
            ) }}) as member_id,
            trim({{ crm_warehouse.judged_text(
                {}, 'merged_into_card_id', classes.get('merged_into_card_id', 'text')
            ) }}) as merged_into_card_id

        from {{ crm_warehouse.handed_over_rows('crm', 'cards') }}
    ) as given

    qualify row_number() over (
        partition by card_id
        order by
            {{ crm_warehouse.natural_order('file_name') }} desc,
            file_name desc,
            file_line desc
    ) = 1

),

resolved as (

    {{ crm_warehouse.resolved_cards('given_cards') }}

),

erased as (

    select resolved.card_id

    from resolved

    semi join {{ ref('base_crm__erasures') }} as erasures
        on resolved.member_id = trim(erasures.member_id)

)

select * from erased
