{#- No two rows share the values of these columns; null counts as a value. Rows are
    first compared by hash, which keeps the test cheap on large facts. -#}
{% test unique_combination(model, columns) %}
with

repeated_hashes as (

    select {{ crm_warehouse.row_hash(columns) }} as row_hash

    from {{ model }}

    group by {{ crm_warehouse.row_hash(columns) }}

    having count(*) > 1

)

select {{ columns | join(', ') }}, count(*) as row_count

from {{ model }}

semi join repeated_hashes
    on {{ crm_warehouse.row_hash(columns) }} = repeated_hashes.row_hash

group by {{ columns | join(', ') }}

having count(*) > 1
{% endtest %}
