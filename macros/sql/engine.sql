{#- What DuckDB and Spark say differently, each behind one name. -#}

{% macro matches(value, pattern) -%}
    {{ return(adapter.dispatch('matches', 'crm_warehouse')(value, pattern)) }}
{%- endmacro %}

{% macro default__matches(value, pattern) -%}
    regexp_matches({{ value }}, '{{ pattern }}')
{%- endmacro %}

{% macro spark__matches(value, pattern) -%}
    ({{ value }} rlike '{{ pattern }}')
{%- endmacro %}


{% macro date_add_days(date, days) -%}
    {{ return(adapter.dispatch('date_add_days', 'crm_warehouse')(date, days)) }}
{%- endmacro %}

{% macro default__date_add_days(date, days) -%}
    ({{ date }} + cast({{ days }} as integer))
{%- endmacro %}

{% macro spark__date_add_days(date, days) -%}
    date_add({{ date }}, cast({{ days }} as int))
{%- endmacro %}


{% macro days_between(earlier, later) -%}
    {{ return(adapter.dispatch('days_between', 'crm_warehouse')(earlier, later)) }}
{%- endmacro %}

{% macro default__days_between(earlier, later) -%}
    cast({{ later }} - {{ earlier }} as bigint)
{%- endmacro %}

{% macro spark__days_between(earlier, later) -%}
    cast(datediff({{ later }}, {{ earlier }}) as bigint)
{%- endmacro %}


{% macro add_months(date, months) -%}
    {{ return(adapter.dispatch('add_months', 'crm_warehouse')(date, months)) }}
{%- endmacro %}

{% macro default__add_months(date, months) -%}
    cast({{ date }} + to_months({{ months }}) as date)
{%- endmacro %}

{% macro spark__add_months(date, months) -%}
    add_months({{ date }}, {{ months }})
{%- endmacro %}


{% macro add_minutes(instant, minutes) -%}
    {{ return(adapter.dispatch('add_minutes', 'crm_warehouse')(instant, minutes)) }}
{%- endmacro %}

{% macro default__add_minutes(instant, minutes) -%}
    ({{ instant }} + to_minutes({{ minutes }}))
{%- endmacro %}

{% macro spark__add_minutes(instant, minutes) -%}
    timestampadd(minute, {{ minutes }}, {{ instant }})
{%- endmacro %}


{% macro local_time(instant, timezone) -%}
    {{ return(adapter.dispatch('local_time', 'crm_warehouse')(instant, timezone)) }}
{%- endmacro %}

{% macro default__local_time(instant, timezone) -%}
    timezone({{ timezone }}, timezone('UTC', {{ instant }}))
{%- endmacro %}

{% macro spark__local_time(instant, timezone) -%}
    from_utc_timestamp({{ instant }}, {{ timezone }})
{%- endmacro %}


{% macro utc_clock(instant) -%}
    {{ return(adapter.dispatch('utc_clock', 'crm_warehouse')(instant)) }}
{%- endmacro %}

{% macro default__utc_clock(instant) -%}
    timezone('UTC', {{ instant }})
{%- endmacro %}

{% macro spark__utc_clock(instant) -%}
    cast({{ instant }} as timestamp)
{%- endmacro %}


{% macro is_timezone(name) -%}
    {{ return(adapter.dispatch('is_timezone', 'crm_warehouse')(name)) }}
{%- endmacro %}

{% macro default__is_timezone(name) -%}
    ({{ name }} in (select zones.name from pg_timezone_names() as zones))
{%- endmacro %}

{#- Spark would take an offset for a place, too. -#}
{% macro spark__is_timezone(name) -%}
    case
        when {{ name }} is not null
            then {{ name }} not rlike '^(UTC|GMT|UT)?[+-][0-9:]+$'
                and try_to_timestamp('2000-01-01 00:00:00 ' || {{ name }}) is not null
    end
{%- endmacro %}


{% macro row_hash(columns) -%}
    {{ return(adapter.dispatch('row_hash', 'crm_warehouse')(columns)) }}
{%- endmacro %}

{% macro default__row_hash(columns) -%}
    hash({{ columns | join(', ') }})
{%- endmacro %}

{% macro spark__row_hash(columns) -%}
    xxhash64({{ columns | join(', ') }})
{%- endmacro %}


{% macro whole_part(numerator, denominator) -%}
    {{ return(adapter.dispatch('whole_part', 'crm_warehouse')(numerator, denominator)) }}
{%- endmacro %}

{% macro default__whole_part(numerator, denominator) -%}
    (({{ numerator }}) // ({{ denominator }}))
{%- endmacro %}

{% macro spark__whole_part(numerator, denominator) -%}
    (({{ numerator }}) div ({{ denominator }}))
{%- endmacro %}


{% macro whole_number_type() -%}
    {{ return(adapter.dispatch('whole_number_type', 'crm_warehouse')()) }}
{%- endmacro %}

{% macro default__whole_number_type() -%}
    hugeint
{%- endmacro %}

{% macro spark__whole_number_type() -%}
    decimal(38, 0)
{%- endmacro %}


{% macro day_series(first_day, last_day) -%}
    {{ return(adapter.dispatch('day_series', 'crm_warehouse')(first_day, last_day)) }}
{%- endmacro %}

{% macro default__day_series(first_day, last_day) -%}
    cast(unnest(generate_series({{ first_day }}, {{ last_day }}, interval 1 day)) as date)
{%- endmacro %}

{% macro spark__day_series(first_day, last_day) -%}
    explode(sequence({{ first_day }}, {{ last_day }}, interval 1 day))
{%- endmacro %}


{#- File names as people count: 9 before 10, and `day` before `day-corrected`. -#}
{% macro natural_order(file_name) -%}
    {{ return(adapter.dispatch('natural_order', 'crm_warehouse')(file_name)) }}
{%- endmacro %}

{% macro default__natural_order(file_name) -%}
    regexp_replace(
        regexp_replace(
            regexp_replace({{ file_name }}, '[.][A-Za-z]+$', ''),
            '([0-9]+)', '000000000\1', 'g'
        ),
        '[0-9]*([0-9]{10})', '\1', 'g'
    )
{%- endmacro %}

{% macro spark__natural_order(file_name) -%}
    regexp_replace(
        regexp_replace(
            regexp_replace({{ file_name }}, '[.][A-Za-z]+$', ''),
            '([0-9]+)', '000000000$1'
        ),
        '[0-9]*([0-9]{10})', '$1'
    )
{%- endmacro %}


{% macro running_median(value, partition_by, order_by) -%}
    {{ return(adapter.dispatch('running_median', 'crm_warehouse')(
        value, partition_by, order_by
    )) }}
{%- endmacro %}

{% macro default__running_median(value, partition_by, order_by) -%}
    cast(median({{ value }}) over (
        partition by {{ partition_by }}
        order by {{ order_by }} asc nulls last
        rows between unbounded preceding and current row
    ) as decimal(18, 6))
{%- endmacro %}

{#- Spark's median takes no order. -#}
{% macro spark__running_median(value, partition_by, order_by) -%}
    cast(percentile({{ value }}, 0.5) over (
        partition by {{ partition_by }}
        order by {{ order_by }} asc nulls last
        rows between unbounded preceding and current row
    ) as decimal(18, 6))
{%- endmacro %}


{% macro seconds_between(earlier, later) -%}
    {{ return(adapter.dispatch('seconds_between', 'crm_warehouse')(earlier, later)) }}
{%- endmacro %}

{% macro default__seconds_between(earlier, later) -%}
    cast(date_diff('second', {{ earlier }}, {{ later }}) as bigint)
{%- endmacro %}

{% macro spark__seconds_between(earlier, later) -%}
    cast(timestampdiff(second, {{ earlier }}, {{ later }}) as bigint)
{%- endmacro %}


{% macro exact_median(value) -%}
    {{ return(adapter.dispatch('exact_median', 'crm_warehouse')(value)) }}
{%- endmacro %}

{% macro default__exact_median(value) -%}
    cast(median({{ value }}) as decimal(18, 6))
{%- endmacro %}

{% macro spark__exact_median(value) -%}
    cast(percentile({{ value }}, 0.5) as decimal(18, 6))
{%- endmacro %}


{#- The same number for the same row on both engines, to be added up without an order. -#}
{% macro row_digest(columns) -%}
    {%- set texts = [] -%}
    {%- for column in columns -%}
        {%- do texts.append("coalesce(cast(" ~ column ~ " as string), '-')") -%}
    {%- endfor -%}
    {{ return(adapter.dispatch('text_digest', 'crm_warehouse')(
        "concat_ws('|', " ~ texts | join(', ') ~ ")"
    )) }}
{%- endmacro %}

{% macro default__text_digest(value) -%}
    cast('0x' || substr(md5({{ value }}), 1, 15) as bigint)
{%- endmacro %}

{% macro spark__text_digest(value) -%}
    cast(conv(substr(md5({{ value }}), 1, 15), 16, 10) as bigint)
{%- endmacro %}
