-- Their number and value, by stage as agg_funnel_stages counts those who stand there.
with

pipeline as (

    select
        stage_code,
        sum(opportunity_count) as opportunity_count,
        sum(open_amount) as open_amount,
        count(*) filter (
            where abs(weighted_amount) > abs(open_amount)
        ) as heavier_count

    from {{ ref('agg_pipeline') }}
    group by stage_code

),

stages as (

    select
        stage_code,
        open_count

    from {{ ref('agg_funnel_stages') }}
    where entity_type = 'opportunity' and breakdown_name = 'all' and open_count > 0

),

unlike_stages as (

    select coalesce(pipeline.stage_code, stages.stage_code) as what
    from pipeline
    full join stages on pipeline.stage_code = stages.stage_code
    where
        pipeline.opportunity_count is distinct from stages.open_count
        or pipeline.heavier_count > 0

),

ledger as (

    select
        count(*) as opportunity_count,
        sum(amount) as open_amount

    from {{ ref('fct_opportunities') }}
    where is_open

),

unlike_ledger as (

    select 'all' as what
    from ledger
    where
        opportunity_count
        != (select coalesce(sum(pipeline.opportunity_count), 0) from pipeline)
        or open_amount
        is distinct from (select sum(pipeline.open_amount) from pipeline)

)

select * from unlike_stages

union all

select * from unlike_ledger
