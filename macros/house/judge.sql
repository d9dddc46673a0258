{#- Judging raw values: each macro takes a column of the contract, the SQL of its raw value
    and the class of the landed type (text, whole, money, decimal, float, date, clock, instant,
    boolean; money is a decimal that fits decimal(18, 4)), and yields SQL. -#}

{#- Money of one row is below a trillion: the sums of a customer still fit decimal(18, 4). -#}
{% macro is_readable_money(number) -%}
    {{ number }} between -999999999999.9999 and 999999999999.9999
{%- endmacro %}


{% macro landed_class(data_type) %}
    {%- set type = data_type | lower -%}
    {%- if 'char' in type or type in ('string', 'text') -%} {{ return('text') }}
    {%- elif 'interval' in type or type.endswith(']') -%} {{ return('other') }}
    {%- elif 'int' in type or type == 'long' -%} {{ return('whole') }}
    {%- elif type.startswith(('decimal', 'numeric')) -%}
        {%- set size = modules.re.findall('[0-9]+', type) | map('int') | list -%}
        {{ return('money' if size and size[1] <= 4 and size[0] - size[1] <= 14
            else 'decimal') }}
    {%- elif type in ('double', 'float', 'real') -%} {{ return('float') }}
    {%- elif type == 'date' -%} {{ return('date') }}
    {%- elif 'time zone' in type or type == crm_warehouse.instant_type() -%}
        {{ return('instant') }}
    {%- elif type.startswith('timestamp') -%} {{ return('clock') }}
    {%- elif type == 'boolean' -%} {{ return('boolean') }}
    {%- endif -%}
    {{ return('other') }}
{% endmacro %}


{% macro judged_type(column) %}
    {{ return({
        'text': 'string',
        'birth_date': 'string',
        'money': 'decimal(18, 4)',
        'measure': 'decimal(18, 6)',
        'rate': 'decimal(20, 10)',
        'integer': 'integer',
        'date': 'date',
        'month': 'date',
        'timestamp': 'timestamp',
        'boolean': 'boolean',
    }[column.type]) }}
{% endmacro %}


{% macro judged_value(column, raw, landed) %}
    {%- set type = crm_warehouse.judged_type(column) -%}
    {%- set number = 'try_cast(' ~ raw ~ ' as ' ~ type ~ ')' -%}
    {%- if column.type == 'text' -%}
        {{ return(crm_warehouse.judged_text(column, raw, landed)) }}
    {%- elif column.type == 'money' and landed == 'money' -%}
        {{ return('case when ' ~ crm_warehouse.is_readable_money(raw) ~ ' then cast(' ~ raw
            ~ ' as ' ~ type ~ ') end') }}
    {%- elif column.type == 'money' and landed in ('whole', 'decimal') -%}
        {{ return('case when ' ~ number ~ ' = ' ~ raw ~ ' and '
            ~ crm_warehouse.is_readable_money(number) ~ ' then ' ~ number ~ ' end') }}
    {%- elif column.type == 'money' and landed == 'float' -%}
        {{ return('case when cast(' ~ number ~ ' as double) = ' ~ raw ~ ' and '
            ~ crm_warehouse.is_readable_money(number) ~ ' then ' ~ number ~ ' end') }}
    {%- elif column.type in ('measure', 'rate') and landed == 'float' -%}
        {#- DuckDB 2.0.0 takes no try_cast of a float column for null whose other values
            are all one, although it holds NaN. -#}
        {{ return(number | replace(raw, 'nullif(' ~ raw ~ ", cast('nan' as double))")) }}
    {%- elif column.type in ('measure', 'rate') and landed in ('whole', 'money', 'decimal') -%}
        {{ return(number) }}
    {%- elif column.type == 'integer' and landed in ('whole', 'money', 'decimal', 'float') -%}
        {{ return('case when ' ~ number ~ ' = ' ~ raw ~ ' then ' ~ number ~ ' end') }}
    {%- elif column.type == 'boolean' and landed == 'boolean' -%}
        {{ return(raw) }}
    {%- elif landed == 'instant' -%}
        {{ return(crm_warehouse.judged_value(
            column, crm_warehouse.utc_clock(raw), 'clock'
        )) }}
    {%- elif column.type == 'timestamp' and landed in ('date', 'clock') -%}
        {{ return('cast(' ~ raw ~ ' as timestamp)') }}
    {%- elif column.type == 'date' and landed == 'date' -%}
        {{ return(raw) }}
    {%- elif column.type in ('date', 'birth_date') and landed == 'clock' -%}
        {{ return('case when cast(' ~ raw ~ ' as date) = ' ~ raw ~ ' then cast(cast(' ~ raw
            ~ ' as date) as ' ~ type ~ ') end') }}
    {%- elif column.type == 'month' and landed in ('date', 'clock') -%}
        {{ return(crm_warehouse.month_start(raw)) }}
    {%- elif landed == 'text' -%}
        {{ return(crm_warehouse.value_of_text(column, raw, type)) }}
    {%- endif -%}
    {{ return(crm_warehouse.value_of_text(column, 'cast(' ~ raw ~ ' as string)', type)) }}
{% endmacro %}


{#- Ids are published as given, but for outer blanks; what a spreadsheet made of a whole
    number (17.0) is undone. -#}
{% macro judged_text(column, raw, landed) %}
    {%- if landed == 'text' and column.get('values') -%}
        {{ return("nullif(lower(trim(" ~ raw ~ ")), '')") }}
    {%- elif landed == 'text' -%}
        {{ return("nullif(trim(" ~ raw ~ "), '')") }}
    {%- elif landed in ('float', 'money', 'decimal') -%}
        {{ return('case when try_cast(' ~ raw ~ ' as bigint) = ' ~ raw ~ ' then cast(try_cast('
            ~ raw ~ ' as bigint) as string) else cast(' ~ raw ~ ' as string) end') }}
    {%- endif -%}
    {{ return('cast(' ~ raw ~ ' as string)') }}
{% endmacro %}


{#- A cast is too kind (1_000, 1e2, infinity, 2025-2-3), so the shape is checked first. -#}
{% macro value_of_text(column, raw, type) %}
    {%- set text = 'trim(' ~ raw ~ ')' -%}
    {%- set day = 'substr(' ~ text ~ ', 1, 10)' -%}
    {%- set wall = 'regexp_extract(' ~ text ~ ", '^[0-9-]{10}([ T][0-9:.]+)?', 0)" -%}
    {%- set month = 'substr(' ~ text ~ ", 1, 7) || '-01'" -%}
    {%- set birthday = "replace(" ~ text ~ ", '--', '2000-')" -%}
    {%- set cast_of = {
        'money': text, 'measure': text, 'rate': text, 'boolean': 'lower(' ~ text ~ ')',
        'integer': "regexp_replace(" ~ text ~ ", '[.]0+$', '')",
        'date': day, 'month': month, 'timestamp': wall,
    } -%}
    {%- set shape = crm_warehouse.matches(
        'lower(' ~ text ~ ')' if column.type == 'boolean' else text,
        crm_warehouse.text_shape(column.type)
    ) -%}
    {%- if column.type == 'birth_date' -%}
        {{ return('case when ' ~ shape ~ ' and try_cast(' ~ birthday
            ~ ' as date) is not null then ' ~ text ~ ' end') }}
    {%- endif -%}
    {{ return('case when ' ~ shape ~ ' then try_cast(' ~ cast_of[column.type] ~ ' as '
        ~ type ~ ') end') }}
{% endmacro %}


{% macro text_shape(type) %}
    {%- set day = '[0-9]{4}-[0-9]{2}-[0-9]{2}' -%}
    {%- set number = '[+-]?([0-9]{1,12}([.][0-9]*)?|[.][0-9]+)' -%}
    {{ return({
        'money': '^[+-]?([0-9]{1,12}([.][0-9]{1,4}0*)?|[.][0-9]{1,4}0*)$',
        'measure': '^' ~ number ~ '$',
        'rate': '^' ~ number ~ '$',
        'integer': '^[+-]?[0-9]{1,9}([.]0+)?$',
        'date': '^' ~ day ~ '([ T]00:00(:00([.]0+)?)?)?$',
        'month': '^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$',
        'timestamp': '^' ~ day ~ '([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?'
            ~ '(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$',
        'birth_date': '^([0-9]{4}-|--)[0-9]{2}-[0-9]{2}$',
        'boolean': '^(true|false)$',
    }[type]) }}
{% endmacro %}


{#- The instant of a time that carries an offset, on the UTC clock; null where it has none. -#}
{% macro judged_instant(column, raw, landed) %}
    {%- if landed == 'instant' -%}
        {{ return(crm_warehouse.utc_clock(raw)) }}
    {%- elif landed != 'text' -%}
        {{ return('cast(null as timestamp)') }}
    {%- endif -%}
    {%- set text = 'trim(' ~ raw ~ ')' -%}
    {%- set offset = 'regexp_extract(substr(' ~ text ~ ", 17), '[+-][0-9:]+$', 0)" -%}
    {%- set hours = 'try_cast(substr(' ~ offset ~ ', 2, 2) as integer)' -%}
    {%- set rest = "try_cast(substr(replace(" ~ offset ~ ", ':', ''), 4) as integer)" -%}
    {%- set minutes = "case when " ~ offset ~ " like '-%' then 1 else -1 end"
        ~ ' * (60 * ' ~ hours ~ ' + coalesce(' ~ rest ~ ', 0))' -%}
    {%- set wall = crm_warehouse.judged_value(column, raw, landed) -%}
    {{ return(
        'case when ' ~ crm_warehouse.matches(text, '[0-9]Z$') ~ ' then ' ~ wall
        ~ ' when ' ~ offset ~ " != '' then "
        ~ crm_warehouse.add_minutes(wall, minutes) ~ ' end'
    ) }}
{% endmacro %}


{#- Why a value is refused, as reason code; null where it is fit. -#}
{% macro judged_fault(column, raw, value, landed) %}
    {%- set is_given = "trim(" ~ raw ~ ") != ''" if landed == 'text' else raw ~ ' is not null' -%}
    {%- set faults = [] -%}
    {%- if column.type != 'text' -%}
        {%- do faults.append([
            value ~ ' is null and ' ~ is_given,
            crm_warehouse.shape_fault(column, raw, landed)
        ]) -%}
    {%- endif -%}
    {%- if column.is_required -%}
        {%- do faults.append([value ~ ' is null', "'missing'"]) -%}
    {%- endif -%}
    {%- if column.get('values') -%}
        {%- do faults.append([
            value ~ " not in ('" ~ column.get('values') | join("', '") ~ "')",
            "'unknown_value'"
        ]) -%}
    {%- endif -%}
    {%- if column.is_timezone -%}
        {%- do faults.append(['not ' ~ crm_warehouse.is_timezone(value), "'unknown_value'"]) -%}
    {%- endif -%}
    {%- for bound, sign in (('min', '<'), ('max', '>'), ('greater_than', '<=')) -%}
        {%- if column[bound] is not none and column[bound] is defined -%}
            {%- do faults.append([value ~ ' ' ~ sign ~ ' ' ~ column[bound], "'out_of_range'"]) -%}
        {%- endif -%}
    {%- endfor -%}
    {#- One typing error in the year 24 must not make two thousand years of months. -#}
    {%- if column.type == 'timestamp' -%}
        {%- do faults.append([
            value ~ " < timestamp '1900-01-01 00:00:00'", "'out_of_range'"
        ]) -%}
    {%- endif -%}
    {%- if column.type in ('date', 'timestamp', 'month') and not column.may_be_future -%}
        {%- do faults.append(['cast(' ~ value ~ ' as date) > landed_on', "'in_the_future'"]) -%}
    {%- elif column.type == 'birth_date' -%}
        {%- do faults.append([
            'try_cast(' ~ value ~ ' as date) > landed_on', "'in_the_future'"
        ]) -%}
    {%- endif -%}
    {{ return(faults) }}
{% endmacro %}


{% macro shape_fault(column, raw, landed) %}
    {%- set name = "'" ~ {
        'money': 'not_a_number', 'measure': 'not_a_number', 'rate': 'not_a_number',
        'integer': 'not_a_whole_number', 'date': 'not_a_date', 'month': 'not_a_month',
        'birth_date': 'not_a_date', 'timestamp': 'not_a_timestamp',
        'boolean': 'not_a_boolean',
    }[column.type] ~ "'" -%}
    {%- if column.type != 'money' -%}
        {{ return(name) }}
    {%- endif -%}
    {%- if landed == 'text' -%}
        {%- set is_long = crm_warehouse.matches(
            'trim(' ~ raw ~ ')', '^[+-]?[0-9]*[.][0-9]{5,}$') -%}
        {%- set is_large = crm_warehouse.matches(
            'trim(' ~ raw ~ ')', '^[+-]?[0-9]{13,}([.][0-9]*)?$') -%}
    {%- elif landed in ('whole', 'money', 'decimal', 'float') -%}
        {%- set is_long = 'abs(' ~ raw ~ ') < 1000000000000' -%}
        {%- set is_large = 'abs(' ~ raw ~ ') <= 1e300' -%}
    {%- else -%}
        {{ return(name) }}
    {%- endif -%}
    {{ return("case when " ~ is_long ~ " then 'too_many_decimals' when " ~ is_large
        ~ " then 'out_of_range' else " ~ name ~ " end") }}
{% endmacro %}
