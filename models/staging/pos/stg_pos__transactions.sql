{{ crm_warehouse.accepted('pos', 'transactions') }}
