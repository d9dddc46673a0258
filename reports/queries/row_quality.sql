-- Rows of the tables handed over, from the files to what was accepted.
select
    table_name,
    sum(row_count) filter (leg_code = 'read') as read_count,
    sum(row_count) filter (leg_code = 'accepted') as accepted_count,
    sum(row_count) filter (leg_code = 'duplicate') as duplicate_count,
    sum(row_count) filter (leg_code = 'superseded') as superseded_count,
    sum(row_count) filter (leg_code = 'quarantined') as quarantined_count,
    sum(row_count) filter (leg_code = 'rejected') as rejected_count

from quality.reconciliation
group by table_name
having read_count > 0
order by table_name asc
