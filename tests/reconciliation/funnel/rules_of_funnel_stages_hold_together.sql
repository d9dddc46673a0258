-- Each code is a word of itself, so that no unmapped word can take its name; words name
-- known stages; open comes before won, won before lost; each kind has one default.
with

stages as (

    select * from {{ ref('rule_funnel_stages') }}

),

words as (

    select * from {{ ref('rule_funnel_stage_words') }}

),

kinds as (

    select
        entity_type,
        max(case when stage_kind = 'open' then stage_order end) as last_open_order,
        min(case when stage_kind = 'won' then stage_order end) as first_won_order,
        max(case when stage_kind = 'won' then stage_order end) as last_won_order,
        min(case when stage_kind = 'lost' then stage_order end) as first_lost_order,
        count(distinct case when is_default then stage_kind end) as default_kind_count,
        count(*) filter (where is_default) as default_count

    from stages
    group by entity_type

)

select
    stages.entity_type,
    stages.stage_code as broken

from stages
left join words
    on stages.entity_type = words.entity_type
    and stages.stage_code = words.stage_word
where words.stage_code is distinct from stages.stage_code

union all

select
    words.entity_type,
    words.stage_word as broken

from words
left join stages
    on words.entity_type = stages.entity_type
    and words.stage_code = stages.stage_code
where stages.stage_code is null or words.stage_word != lower(trim(words.stage_word))

union all

select
    entity_type,
    'order or defaults' as broken

from kinds
where
    last_open_order > first_won_order
    or last_won_order > first_lost_order
    or default_kind_count != 3
    or default_count != 3
