{{ crm_warehouse.accepted('pos', 'tenders') }}
