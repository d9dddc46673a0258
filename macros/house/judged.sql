{#- The body of every base model: each raw row once, typed, with verdict and reasons.
    `accepted` is the body of every stg model: the accepted rows. -#}

{% macro judged(system, table) %}
    {{ config(
        materialized=crm_warehouse.passing() if table == 'erasures' else 'table',
        post_hook="{{ crm_warehouse.refuse_where_nothing_is_accepted('" ~ system ~ "', '"
            ~ table ~ "') }}" if table in ('cards', 'transactions') else []
    ) }}
    {%- set relation = crm_warehouse.handed_over(system, table) -%}
    {%- set landings = source('landing', 'landings') -%}
    {%- set forgotten = {
        'member': ref('base_crm__erasures'), 'card': ref('base_crm__erased_cards')
    } if table not in ('erasures') else {} -%}
    {%- if execute -%}
        {{ crm_warehouse.judged_sql(
            crm_warehouse.raw_table(system, table), relation, landings, forgotten
        ) }}
    {%- else -%}
        select 1 as parsed
    {%- endif -%}
{% endmacro %}


{% macro accepted(system, table) %}
    {%- set relation = ref('base_' ~ system ~ '__' ~ table) -%}
    {%- if execute -%}
        select
            {%- for name, _ in crm_warehouse.judged_columns(
                crm_warehouse.raw_table(system, table)
            ) %}
            {{ name }},
            {%- endfor %}
            file_name,
            file_line

        from {{ relation }}

        where verdict_code = 'accepted' and not is_erased
    {%- else -%}
        select 1 as parsed
    {%- endif -%}
{% endmacro %}


{#- Names and types of the columns that are kept: personal ones never leave the raw file. -#}
{% macro judged_columns(table) %}
    {%- set kept = [] -%}
    {%- for column in table.columns if not column.is_personal -%}
        {%- do kept.append([column.name, crm_warehouse.judged_type(column)]) -%}
        {%- if column.is_zoned -%}
            {%- do kept.append([column.name ~ '_utc', 'timestamp']) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(kept) }}
{% endmacro %}


{#- The landed class of each column; a unit test gives no relation and lands text. -#}
{% macro landed_classes(relation) %}
    {%- set classes = {} -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do classes.update({
            column.name | lower: crm_warehouse.landed_class(column.data_type)
        }) -%}
    {%- endfor -%}
    {{ return(classes) }}
{% endmacro %}


{% macro judged_sql(table, relation, landings, forgotten) %}
{%- set classes = crm_warehouse.landed_classes(relation) -%}
{%- set rows = 'given_rows' if table.model else relation -%}
{%- if table.model and flags.WHICH in ('build', 'run') -%}
    {%- do crm_warehouse.check_given_columns(table, classes, table.model) -%}
{%- endif -%}
{%- set people = crm_warehouse.people_to_forget(table, classes, forgotten) -%}
{%- set keys = [] -%}
{%- for column in table.columns if column.is_key -%}
    {%- set landed = classes.get(column.name, 'text') -%}
    {#- A blank id is refused, so it needs no hash of its own. -#}
    {%- set is_as_given = column.type == 'text' and landed == 'text' and column.is_required
        and not column.get('values') -%}
    {%- do keys.append('trim(raw.' ~ column.name ~ ')' if is_as_given else crm_warehouse.judged_value(
        column, 'raw.' ~ column.name, landed
    )) -%}
{%- endfor -%}
with

{% if table.model -%}
given_rows as (

    {{ crm_warehouse.given_rows(table, classes, relation) }}

),

{% endif -%}
{% if keys -%}
repeated_keys as (

    select {{ crm_warehouse.row_hash(keys) }} as key_hash

    from {{ rows }} as raw

    group by {{ crm_warehouse.row_hash(keys) }}

    having count(*) > 1

),

repeated_rows as (

    select raw.*

    from {{ rows }} as raw

    semi join repeated_keys
        on {{ crm_warehouse.row_hash(keys) }} = repeated_keys.key_hash

),

{{ crm_warehouse.faulted_rows(
    'repeated', 'repeated_rows', table, people, classes, landings, true
) }}

{{ crm_warehouse.key_verdicts(table) }}

{% endif -%}
{{ crm_warehouse.faulted_rows('read', rows, table, people, classes, landings, false) }}

verdicts as (

    select
        {%- for name, _ in crm_warehouse.judged_columns(table) %}
        read_faulted.{{ name }},
        {%- endfor %}
        read_faulted.file_name,
        read_faulted.file_line,
        read_faulted.is_erased,
        {%- if table.amount_column %}
        read_faulted.is_amount_unreadable,
        {%- else %}
        cast(false as boolean) as is_amount_unreadable,
        {%- endif %}
        {%- if keys %}
        coalesce(
            key_verdicts.verdict_code,
            case
                when read_faulted.is_erased or read_faulted.faults is null then 'accepted'
                else 'quarantined'
            end
        ) as verdict_code,
        case
            when key_verdicts.is_conflict
                then concat_ws('; ', read_faulted.faults, 'conflict')
            when not read_faulted.is_erased then read_faulted.faults
        end as reasons
        {%- else %}
        case
                when read_faulted.is_erased or read_faulted.faults is null then 'accepted'
                else 'quarantined'
            end
            as verdict_code,
        case when not read_faulted.is_erased then read_faulted.faults end as reasons
        {%- endif %}

    from read_faulted
    {%- if keys %}

    left join key_verdicts
        on read_faulted.file_line = key_verdicts.file_line
        and read_faulted.file_name = key_verdicts.file_name
    {%- endif %}

)

select * from verdicts
{%- endmacro %}


{#- The columns of a table that name a person, with the relation of those who must be
    forgotten; none where nobody must. -#}
{% macro people_to_forget(table, classes, forgotten) %}
    {%- set people = [] -%}
    {%- if forgotten and crm_warehouse.has_rows('crm', 'erasures') -%}
        {%- for column in table.columns if column.person -%}
            {%- do people.append({
                'name': column.name,
                'id': crm_warehouse.judged_value(
                    column, 'given.' ~ column.name, classes.get(column.name, 'text')
                ),
                'is_row': column.is_required,
                'key': column.person ~ '_id',
                'relation': forgotten[column.person],
            }) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(people) }}
{% endmacro %}


{#- Raw rows without the people who must be forgotten: where the person is an optional
    column, that column is emptied; where it is the key or required, the whole row is, all
    but its money. -#}
{% macro remembered_rows(relation, table, people) -%}
{%- set rows = [] -%}
{%- set found = {} -%}
{%- for person in people -%}
    {%- set is_found = 'forgotten_' ~ person.name ~ '.' ~ person.key ~ ' is not null' -%}
    {%- do found.update({person.name: is_found}) -%}
    {%- if person.is_row -%}
        {%- do rows.append(is_found) -%}
    {%- endif -%}
{%- endfor -%}
select
        given.file_name,
        given.file_line,
        {{ rows | join(' or ') or 'cast(false as boolean)' }} as is_erased
        {%- for column in table.columns %},
        {%- set tests = rows + ([found[column.name]] if column.name in found else []) %}
        {%- if tests and column.name != table.amount_column %}
        case when not ({{ tests | unique | join(' or ') }}) then given.{{ column.name }} end
            as {{ column.name }}
        {%- else %}
        given.{{ column.name }}
        {%- endif %}
        {%- endfor %}

    from {{ relation }} as given
    {%- for person in people %}

    left join (
        select distinct trim({{ person.key }}) as {{ person.key }}
        from {{ person.relation }}
    ) as forgotten_{{ person.name }}
        on trim({{ person.id }}) = forgotten_{{ person.name }}.{{ person.key }}
    {%- endfor %}
{%- endmacro %}


{#- Whether a raw table was handed over with rows, as the raw door noted: what it copied is
    emptied after a build, so the raw table itself does not tell when dbt only compiles.
    A model in its place may have some. -#}
{% macro has_rows(system, table) %}
    {%- if crm_warehouse.raw_models().get(table) -%}
        {{ return(true) }}
    {%- endif -%}
    {%- set relation = crm_warehouse.raw_table(system, table).relation -%}
    {%- set landed_files = api.Relation.create(
        database=relation.database, schema=relation.schema, identifier='landed_files'
    ) -%}
    {{ return(run_query('select 1 from ' ~ landed_files ~ " where table_name = '" ~ table
        ~ "' and row_count > 0 limit 1").rows | length > 0) }}
{% endmacro %}


{#- Three CTEs, <name>_remembered, <name>_typed and <name>_faulted: every column as its
    type or null, and the reasons of what could not be read. With `is_repeated` also the
    keys and the raw row as one text, to tell a repetition from a conflict. -#}
{% macro faulted_rows(name, relation, table, people, classes, landings, is_repeated) -%}
{%- set raw_texts = [] -%}
{%- for column in table.columns -%}
    {%- do raw_texts.append('coalesce(trim(cast(' ~ column.name ~ " as string)), '')") -%}
{%- endfor -%}
{{ name }}_remembered as (

    {{ crm_warehouse.remembered_rows(relation, table, people) }}

),

{{ name }}_typed as (

    select
        raw.file_name,
        raw.file_line,
        raw.is_erased,
        {%- for column in table.columns if column.is_key or not column.is_personal %}
        {%- set landed = classes.get(column.name, 'text') %}
        raw.{{ column.name }} as raw_{{ column.name }},
        {{ crm_warehouse.judged_value(column, 'raw.' ~ column.name, landed) }}
            as {{ column.name }},
        {%- if column.is_zoned %}
        {{ crm_warehouse.judged_instant(column, 'raw.' ~ column.name, landed) }}
            as {{ column.name }}_utc,
        {%- endif %}
        {%- endfor %}
        {%- if is_repeated %}
        concat_ws(chr(31), {{ raw_texts | join(', ') }}) as row_text,
        {%- endif %}
        landings.landed_on

    from {{ name }}_remembered as raw

    cross join {{ landings }} as landings

),

{{ name }}_faulted as (

    select
        *,
        {%- if table.amount_column %}
        {%- set amount = table.columns | selectattr('name', 'eq', table.amount_column) | first %}
        {%- set landed = classes.get(amount.name, 'text') %}
        coalesce(
            {{ amount.name }} is null
            and {{ "trim(raw_" ~ amount.name ~ ") != ''" if landed == 'text'
                else 'raw_' ~ amount.name ~ ' is not null' }},
            false
        ) as is_amount_unreadable,
        {%- endif %}
        nullif(concat_ws(
            '; '
            {%- for column in table.columns if not column.is_personal %}
            {%- for when, reason in crm_warehouse.judged_fault(
                column, 'raw_' ~ column.name, column.name, classes.get(column.name, 'text')
            ) %}
            {%- if loop.first %},
            case
            {%- endif %}
                when {{ when }} then '{{ column.name }}: ' || {{ reason }}
            {%- if loop.last %}
            end
            {%- endif %}
            {%- endfor %}
            {%- endfor %}
            {%- for rule in table.rules %},
            case
                when {{ rule.when | trim }} then '{{ rule.column }}: {{ rule.name }}'
            end
            {%- endfor %}
        ), '') as faults

    from {{ name }}_typed

),
{%- endmacro %}


{#- What becomes of rows that share a key. Within a file: the same row again is a
    duplicate, different rows conflict. Across the files of a table, in name order, among
    the sound rows: the same again is a duplicate, a different one replaces the earlier. -#}
{% macro key_verdicts(table) -%}
{%- set keys = [] -%}
{%- set given = [] -%}
{%- for column in table.columns if column.is_key -%}
    {%- do keys.append(column.name) -%}
    {%- if column.is_required -%}
        {%- do given.append(column.name ~ ' is not null') -%}
    {%- endif -%}
{%- endfor -%}
copies as (

    select
        file_name,
        file_line,
        {{ keys | join(', ') }},
        row_text,
        faults,
        min(row_text) over (partition by file_name, {{ keys | join(', ') }})
        != max(row_text) over (partition by file_name, {{ keys | join(', ') }})
            as is_conflict,
        row_number() over (
            partition by file_name, {{ keys | join(', ') }}, row_text
            order by file_line asc
        ) as copy_number

    from repeated_faulted

    where {{ given | join(' and ') }}

),

versions as (

    select
        file_name,
        file_line,
        {{ keys | join(', ') }},
        coalesce(row_text != lag(row_text) over (
            partition by {{ keys | join(', ') }} order by {{ crm_warehouse.natural_order('file_name') }} asc
        ), true) as is_change

    from copies

    where not is_conflict and copy_number = 1 and faults is null

),

numbered as (

    select
        file_name,
        file_line,
        is_change,
        count_if(is_change) over (
            partition by {{ keys | join(', ') }} order by {{ crm_warehouse.natural_order('file_name') }} desc
            rows between unbounded preceding and current row
        ) - case when is_change then 1 else 0 end as later_change_count

    from versions

),

key_verdicts as (

    select
        copies.file_name,
        copies.file_line,
        copies.is_conflict,
        case
            when copies.is_conflict then 'quarantined'
            when copies.copy_number > 1 then 'duplicate'
            when copies.faults is not null then 'quarantined'
            when not numbered.is_change then 'duplicate'
            when numbered.later_change_count > 0 then 'superseded'
            else 'accepted'
        end as verdict_code

    from copies

    left join numbered
        on copies.file_name = numbered.file_name
        and copies.file_line = numbered.file_line

),
{%- endmacro %}


{#- A mandatory table without a fit row would tell a warehouse of nothing: stop, and say
    what is wrong with most of its rows. -#}
{% macro refuse_where_nothing_is_accepted(system, table) %}
    {%- if execute and not flags.EMPTY -%}
        {%- set counts = run_query(
            "select count(*), count(*) filter (where verdict_code = 'accepted') from " ~ this
        ).rows[0] -%}
        {%- if counts[0] == 0 -%}
            {{ exceptions.raise_compiler_error(
                table ~ ' holds no rows; the tables cards and transactions are mandatory.'
            ) }}
        {%- elif counts[1] == 0 -%}
            {%- set worst = run_query(
                'select reasons, count(*), min(file_name), min_by(file_line, file_line) from '
                ~ this ~ ' where reasons is not null group by reasons '
                ~ 'order by count(*) desc, reasons asc limit 1'
            ).rows[0] -%}
            {{ exceptions.raise_compiler_error(
                table ~ ': none of its ' ~ '{:,}'.format(counts[0] | int)
                ~ ' rows can be read; most often ' ~ worst[0] ~ ' ('
                ~ '{:,}'.format(worst[1] | int) ~ ' rows, such as line ' ~ worst[3]
                ~ ' of ' ~ worst[2] ~ '); the raw contract is in models/staging/'
                ~ system ~ '/_' ~ system ~ '__sources.yml.'
            ) }}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}


{#- Tickets may all be unfit only beside other tables (no exchange rate, no money on any
    side): a warehouse without a ticket would take the place of a good one. -#}
{% macro refuse_where_no_ticket_is_fit() %}
    {%- if execute and not flags.EMPTY -%}
        {%- set counts = run_query(
            "select count(*), count(*) filter (where leg_code = 'quarantined'), min(reasons) "
            ~ 'from ' ~ this
        ).rows[0] -%}
        {%- if counts[0] > 0 and counts[0] == counts[1] -%}
            {%- set remedy = 'name the currency that is worth 1 by base_currency '
                ~ '(CRM_BASE_CURRENCY), and hand over exchange_rates of the others'
                if 'no_exchange_rate' in counts[2]
                else 'give each ticket its net_amount, or lines that have one' -%}
            {{ exceptions.raise_compiler_error(
                'transactions: none of its ' ~ '{:,}'.format(counts[0] | int)
                ~ ' accepted rows can be told, for ' ~ counts[2] ~ '; ' ~ remedy ~ '.'
            ) }}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
