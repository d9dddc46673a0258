-- Whether the files handed over can fill a mart: each of its needs must be met, and
-- what it uses beside them makes it whole.
with

-- What a mart needs and uses is told once.
needs as (

    select * from {{ ref('int_mart_needs__met') }}
    qualify row_number() over (
        partition by mart_name, need_name order by need_order asc
    ) = 1

),

-- A mart has the status of its first unmet need; with all met, what it uses may leave a
-- part of it unknown.
told as (

    select
        mart_name,
        schema_name,
        case
            when
                bool_and(is_available or not is_required)
                and not bool_and(is_available)
                then 'partial'
            else min_by(
                status_code, need_order + case when is_available then 1000 else 0 end
            )
        end as status_code,
        {%- for language in ('', '_zh') %}
        nullif(concat_ws(
            ', '
            {%- for order in range(12) %},
            max(case
                when need_order = {{ order }} and not is_available
                    then need_name || ': ' || lower(status_name{{ language }})
            end)
            {%- endfor %}
        ), '') as reason{{ language }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}

    from needs

    group by mart_name, schema_name

),

labelled as (

    select
        told.mart_name,
        told.schema_name,
        statuses.is_available,
        told.status_code,
        statuses.status_name,
        statuses.status_name_zh,
        told.reason,
        told.reason_zh,
        statuses.action,
        statuses.action_zh

    from told

    inner join {{ ref('rule_feature_statuses') }} as statuses
        on told.status_code = statuses.status_code

)

select * from labelled
