-- 客戶的年度變化為什麼如此之大: where each customer stood at each month end. Months that
-- rest on the same as in an earlier build are taken from there.
{#- On Spark a month is a partition, and only those computed anew are written; in DuckDB
    the whole table is, since a published file is a new file. -#}
{% if target.type == 'spark' -%}
{{ config(
    materialized='incremental',
    incremental_strategy='insert_overwrite',
    partition_by=['month_end_on'],
    on_schema_change='fail',
    pre_hook='{{ crm_warehouse.drop_months_not_kept() }}'
) }}
{%- endif %}
with

told as (

    select * from {{ ref('int_standings__told') }}
    where is_month_end

),

keyed as (

    select * from {{ ref('int_told_days__keyed') }}

),

computed as (

    select
        told.customer_id,
        told.told_on as month_end_on,
        told.window_start_on,
        told.window_month_count,
        told.is_window_buyer,
        told.first_purchase_on,
        told.last_purchase_on,
        told.recency_days,
        told.purchase_day_count,
        told.window_purchase_day_count,
        told.window_ticket_count,
        told.frequency_count,
        told.net_sales_amount,
        told.margin_amount,
        told.margin_known_sales_amount,
        told.sales_rank,
        told.tier_code,
        told.r_score,
        told.f_score,
        told.m_score,
        told.rfm_code,
        told.segment_code,
        told.segment_name,
        told.segment_name_zh,
        told.type_code,
        told.stage_code,
        told.highest_stage_code,
        told.activity_status,
        told.gap_count,
        told.median_gap_days,
        told.overdue_ratio,
        told.is_overdue,
        told.calibrated_on,
        told.frozen_tier_code,
        told.frozen_r_score,
        told.frozen_f_score,
        told.frozen_m_score,
        told.frozen_rfm_code,
        told.frozen_segment_code,
        told.frozen_segment_name,
        told.frozen_segment_name_zh,
        told.ranked_amount,
        told.population_count,
        keyed.history_key

    from told
    inner join keyed on told.told_on = keyed.told_on

),

{% set before = crm_warehouse.history_before() if target.type != 'spark' -%}
months as (

    select * from computed

    {% if before -%}
    union all

    select kept.*

    from {{ before }} as kept
    inner join keyed
        on kept.month_end_on = keyed.told_on
        and keyed.is_kept
    {%- endif %}

)

select * from months
