-- The till keeps what was taken back as a positive sum; the contract wants it negative.
select
    receipt_no as transaction_id,
    rung_up as occurred_at,
    card_no as card_id,
    case what when 'taken back' then 'return' else 'sale' end as transaction_type,
    case what when 'taken back' then '-' else '' end || paid as net_amount

from {{ ref('receipts') }}
