-- 客户理解: who the customers of a segment are, what they bring, and when they come.
{% set least = crm_warehouse.checked_integer('profile_cell_customers', 1, 999999) -%}
with

cells as (

    select * from {{ ref('int_profile_cells__told') }}

),

segments as (

    select distinct
        scheme_code,
        segment_code,
        segment_name,
        segment_name_zh

    from {{ ref('int_customers__schemed') }}

),

told as (

    select * from {{ ref('int_window_buyers__counted') }}

),

profiles as (

    select
        cells.scheme_code,
        schemes.scheme_name,
        schemes.scheme_name_zh,
        cells.segment_code,
        segments.segment_name,
        segments.segment_name_zh,
        cells.attribute_code,
        attributes.attribute_name,
        attributes.attribute_name_zh,
        cells.value_code,
        coalesce(labels.value_name, cells.value_code) as value_name,
        coalesce(labels.value_name_zh, cells.value_code) as value_name_zh,
        cells.is_other,
        cells.customer_count,
        {{ safe_ratio('cells.customer_count', 'cells.segment_customer_count') }}
            as customer_share,
        {{ safe_ratio(
            'cells.customer_count * cells.population_count',
            '(cells.segment_customer_count * cells.value_customer_count)'
        ) }} as customer_index,
        cells.net_sales_amount,
        {{ safe_ratio('cells.net_sales_amount', 'cells.segment_net_sales_amount') }}
            as net_sales_share,
        {{ safe_ratio(
            'cells.net_sales_amount * cells.population_count',
            '(cells.customer_count * cells.population_net_sales_amount)'
        ) }} as net_sales_index,
        cells.margin_amount,
        cells.margin_known_sales_amount,
        {{ safe_ratio('cells.margin_amount', 'cells.margin_known_sales_amount') }}
            as margin_rate,
        cells.purchase_day_count,
        {{ safe_ratio('cells.purchase_day_count', 'cells.customer_count') }}
            as average_purchase_day_count,
        {{ safe_ratio(
            'cells.purchase_day_count * cells.population_count',
            '(cells.customer_count * cells.population_purchase_day_count)'
        ) }} as frequency_index,
        peaks.peak_iso_weekday,
        peaks.peak_hour,
        cells.segment_customer_count,
        cells.value_customer_count,
        cells.population_count,
        cast({{ least }} as bigint) as minimum_customer_count,
        told.as_of_on,
        told.window_start_on,
        told.window_month_count

    from cells
    cross join told
    inner join segments
        on cells.scheme_code = segments.scheme_code
        and cells.segment_code = segments.segment_code
    inner join {{ ref('rule_profile_schemes') }} as schemes
        on cells.scheme_code = schemes.scheme_code
    inner join {{ ref('rule_profile_attributes') }} as attributes
        on cells.attribute_code = attributes.attribute_code
    left join {{ ref('int_profile_values__named') }} as labels
        on cells.attribute_code = labels.attribute_code
        and cells.value_code = labels.value_code
    left join {{ ref('int_segment_peaks__found') }} as peaks
        on cells.scheme_code = peaks.scheme_code
        and cells.segment_code = peaks.segment_code

)

select * from profiles
