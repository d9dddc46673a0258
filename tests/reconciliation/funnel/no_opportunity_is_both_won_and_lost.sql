-- A warning: the stage says one and is_won the other; is_won is told.
{{ config(severity='warn') }}

select
    opportunity_id,
    stage,
    is_won

from {{ ref('fct_opportunities') }}
where is_won != (stage_kind = 'won') and stage_kind in ('won', 'lost')
