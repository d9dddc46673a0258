-- What each state of each scheme is called, from the seed that names it.
with

schemes as (

    select * from {{ ref('rule_migration_schemes') }}

),

states as (

    select
        'tier' as family_code,
        tier_code as state_code,
        tier_order as state_order,
        tier_name as state_name,
        tier_name_zh as state_name_zh

    from {{ ref('rule_pyramid_tiers') }}

    union all

    select
        'segment' as family_code,
        segment_code as state_code,
        segment_order as state_order,
        segment_name as state_name,
        segment_name_zh as state_name_zh

    from {{ ref('rule_rfm_segments') }}

    union all

    select
        'stage' as family_code,
        stage_code as state_code,
        stage_order as state_order,
        stage_name as state_name,
        stage_name_zh as state_name_zh

    from {{ ref('rule_lifecycle_stages') }}

    union all

    select
        'activity' as family_code,
        activity_status as state_code,
        activity_order as state_order,
        activity_name as state_name,
        activity_name_zh as state_name_zh

    from {{ ref('rule_activity_statuses') }}

    union all

    select
        family_code,
        state_code,
        state_order,
        state_name,
        state_name_zh

    from {{ ref('rule_migration_states') }}

),

named as (

    select
        schemes.scheme_code,
        schemes.scheme_order,
        schemes.scheme_name,
        schemes.scheme_name_zh,
        schemes.is_frozen,
        states.state_code,
        states.state_order,
        states.state_name,
        states.state_name_zh

    from schemes
    inner join states on schemes.family_code = states.family_code

)

select * from named
