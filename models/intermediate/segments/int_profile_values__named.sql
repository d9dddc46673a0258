-- Labels of values, where they have any but themselves.
with

labels as (

    select
        attribute_code,
        value_code,
        value_name,
        value_name_zh
    from {{ ref('rule_profile_values') }}
    where attribute_code != 'any'
    union all
    select
        'age_band' as attribute_code,
        age_band as value_code,
        age_band_name as value_name,
        age_band_name_zh as value_name_zh
    from {{ ref('rule_age_bands') }}
    union all
    select
        'home_store' as attribute_code,
        store_id as value_code,
        store_name as value_name,
        store_name as value_name_zh
    from {{ ref('dim_stores') }}
    where store_name is not null
    union all
    select
        'loyalty_stage' as attribute_code,
        stage_code as value_code,
        stage_name as value_name,
        stage_name_zh as value_name_zh
    from {{ ref('rule_lifecycle_stages') }}
    union all
    select
        'activity' as attribute_code,
        activity_status as value_code,
        activity_name as value_name,
        activity_name_zh as value_name_zh
    from {{ ref('rule_activity_statuses') }}

),

general as (

    select * from {{ ref('rule_profile_values') }}

    where attribute_code = 'any'

),

attributes as (

    select * from {{ ref('rule_profile_attributes') }}

),

united as (

    select
        attribute_code,
        value_code,
        value_name,
        value_name_zh,
        1 as label_order
    from labels
    union all
    select
        attributes.attribute_code,
        general.value_code,
        general.value_name,
        general.value_name_zh,
        2 as label_order
    from attributes
    cross join general

),

-- A label of the attribute's own goes before that of any.
named as (

    select
        attribute_code,
        value_code,
        value_name,
        value_name_zh

    from united
    qualify row_number() over (
        partition by attribute_code, value_code
        order by label_order asc nulls last, value_name asc nulls last
    ) = 1

)

select * from named
