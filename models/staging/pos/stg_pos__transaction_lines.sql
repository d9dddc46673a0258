{{ crm_warehouse.accepted('pos', 'transaction_lines') }}
