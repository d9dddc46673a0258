{{ crm_warehouse.judged('pos', 'transaction_lines') }}
